import type { Problem } from "#lib/contracts/problem.ts";
import { requestFor } from "#lib/kiwi/language/testing/marked.test-support.ts";
import type { TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { lineIndex } from "#lib/xml/positions.ts";
import { elementAt, elementsOf, type XmlDocument } from "#lib/xml/tree.ts";
import type { JingError } from "./jing.ts";

/** One of our problems with what jing would say: its line, and the name of the element or attribute. */
export interface Found {
  problem: Problem;
  start: number;
  line: number;
  until: number;
  name: string;
}

const atEnd = new Set(["missing-element"]);

/** What we find wrong with a description; of its rules nothing, as jing says nothing of them. */
export function findings(kiwi: TestKiwi, text: string): Found[] {
  const document = parseXml(text);
  const lines = lineIndex(text);
  return kiwi
    .language()
    .validate(requestFor(text))
    .filter(({ layer, severity }) => layer !== "schematron" && severity === "error")
    .map((problem) => {
      const start = lines.offset(problem);
      const element = elementAt(document, start + 1);
      const attribute = element?.attributes.find((one) => one.start <= start && start <= one.end);
      const lineOf = (offset: number) => lines.position(offset).line;
      let until: number | null = null;
      let line = problem.line;
      // jing notices a text at any of its pieces, or at the tag behind it.
      if (problem.code === "text-not-allowed") until = lineOf(nextTag(text, start));
      else if (element !== null) {
        const isContent = problem.code === "wrong-value" && attribute === undefined;
        line = lineOf((isContent || atEnd.has(problem.code) ? element.end : element.openEnd) - 1);
      }
      const name = problem.code === "text-not-allowed" ? "" : (attribute?.local ?? element?.local ?? "");
      return { problem, start, line, until: until ?? line, name };
    });
}

/** The end of the first tag after an offset: there jing notices a text. */
export function nextTag(text: string, from: number): number {
  const open = /<(?!!--|\?|!\[)/g;
  open.lastIndex = from;
  const at = open.exec(text)?.index ?? text.length;
  const end = text.indexOf(">", at);
  return end < 0 ? text.length - 1 : end;
}

/** Whether one of ours stands where jing's error is, and names the same. */
export function isSame(ours: Found, theirs: JingError): boolean {
  return ours.line <= theirs.line && theirs.line <= ours.until && ours.name === theirs.name.replace(/^.*:/, "");
}

/** Where names, values and texts start. */
export function tokenStarts(document: XmlDocument): Set<number> {
  const starts = new Set<number>();
  for (const element of elementsOf(document.children)) {
    starts.add(element.nameStart);
    for (const { start, value, valueStart, valueEnd } of element.attributes) {
      starts.add(start);
      const written = document.text.slice(valueStart, valueEnd);
      starts.add(value.trim() === "" ? valueStart - 1 : valueStart + (written.length - written.trimStart().length));
    }
    for (const { kind, start, end } of element.children) {
      if (kind !== "text" && kind !== "cdata") continue;
      const text = document.text.slice(start, end);
      starts.add(start + (text.length - text.trimStart().length));
    }
  }
  return starts;
}

export function shown({ problem }: Found): string {
  return `${problem.line}:${problem.column} ${problem.message}`;
}
