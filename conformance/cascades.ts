import { requestFor } from "#lib/kiwi/language/testing/marked.test-support.ts";
import type { TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { applyEdits } from "#lib/xml/edit/text-edit.ts";
import type { LineIndex } from "#lib/xml/positions.ts";
import { elementsOf, type XmlDocument } from "#lib/xml/tree.ts";
import { type JingError, jingErrors } from "./jing.ts";

/** jing's errors without those that only follow from another: it repeats them for all that is inside of a wrong element. */
export function withoutCascades(errors: readonly JingError[], document: XmlDocument, lines: LineIndex): JingError[] {
  const kept: JingError[] = [];
  let until = 0;
  let tag = 0;
  let refused = "";
  for (const error of errors) {
    // It says so of every element of data that holds another element, which it has refused already.
    if (error.kind === "incomplete" && error.message.endsWith("expected data")) continue;
    // Of what it has refused it goes on to say what is wrong inside, as if the name were right.
    const isInside = error.line <= until && (error.kind !== "value" || error.line > tag);
    if (isInside && (error.line > tag || error.kind !== "element" || error.name === refused)) continue;
    if (kept.some((one) => one.line === error.line && one.message === error.message)) continue;
    kept.push(error);
    if (error.kind !== "element") continue;
    const element = [...elementsOf(document.children)].find(
      ({ local, openEnd }) => local === error.name && lines.position(openEnd - 1).line === error.line,
    );
    until = element === undefined ? 0 : lines.position(element.end).line;
    tag = error.line;
    refused = error.name;
  }
  return kept;
}

/** An error of jing of which we have no counterpart. */
export interface Unmatched {
  text: string;
  error: JingError;
}

/**
 * Which of the errors tell of a mistake that we report elsewhere: a misspelt name is one too many for jing, and in its
 * right spelling one too few. The proof is jing's own: when what we mark is renamed as we offer, the error is gone.
 */
export async function echoes(kiwi: TestKiwi, unmatched: readonly Unmatched[]): Promise<boolean[]> {
  const after = await jingErrors(
    kiwi,
    unmatched.map(({ text }) => withRightNames(kiwi, text)),
  );
  return unmatched.map(
    ({ error }, i) => after[i]?.every(({ line, kind, name }) => !isSame({ line, kind, name }, error)) ?? false,
  );
}

function isSame(a: Pick<JingError, "line" | "kind" | "name">, b: JingError): boolean {
  return a.line === b.line && a.kind === b.kind && a.name === b.name;
}

const renames = new Set(["rename-element", "rename-attribute"]);

/** The text after each problem whose best fix is another name was mended by it; no line changes its number. */
function withRightNames(kiwi: TestKiwi, text: string): string {
  const language = kiwi.language();
  const request = requestFor(text);
  const edits = language.validate(request).flatMap((problem) => {
    const fix = language.fixes(request, problem).find(({ preferred }) => preferred);
    return fix !== undefined && renames.has(fix.action) ? fix.edits : [];
  });
  return applyEdits(text, edits);
}
