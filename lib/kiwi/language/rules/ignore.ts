import type { Problem } from "#lib/contracts/problem.ts";
import { explain, isAdjustable } from "#lib/kiwi/catalogue/index.ts";
import { nearest } from "#lib/relaxng/did-you-mean.ts";
import { elementAt, type XmlNode } from "#lib/xml/tree.ts";
import type { TextFile } from "../source-document.ts";
import { adjustableCodes } from "./settings.ts";

/** A text that may hold comments which silence rules; with its tree where it is XML. */
export interface Commented extends TextFile {
  children?: readonly XmlNode[];
}

/** One code of a comment `kiwi-workbench-ignore`, with what it silences. */
interface Ignore {
  code: string;
  /** Where the code stands. */
  at: number;
  /** The part of the text that is silenced; null where there is none. */
  range: { start: number; end: number } | null;
}

const word = "kiwi-workbench-ignore";

/** Nobody silences more in one file. */
const maxIgnores = 1000;

/**
 * Takes out of the problems what comments silence, and says which comments are wrong or silence nothing. Only of files
 * that were checked as a whole (`complete`) is it known that a comment silences nothing.
 */
export function obeyComments(
  problems: readonly Problem[],
  files: readonly Commented[],
  checked: string,
  complete: (path: string) => boolean,
): Problem[] {
  const marked = files.filter((file) => file.text.includes(word));
  if (marked.length === 0) return [...problems];
  const found: Problem[] = [];
  let left = [...problems];
  for (const file of marked) {
    const isHere = (problem: Problem) => (problem.file ?? checked) === file.path;
    for (const ignore of readIgnores(file)) {
      const wrong = whatIsWrong(ignore);
      if (wrong !== null) {
        found.push(problemAt(file, ignore, "unknown-ignore", wrong, checked));
        continue;
      }
      const silenced = left.filter(
        (problem) =>
          problem.code === ignore.code && isHere(problem) && isWithin(file.lines.offset(problem), ignore.range),
      );
      left = left.filter((problem) => !silenced.includes(problem));
      if (silenced.length === 0 && complete(file.path)) {
        const message = `There is no "${ignore.code}" here any more: remove this.`;
        found.push(problemAt(file, ignore, "needless-ignore", message, checked));
      }
    }
  }
  return [...left, ...found];
}

const isWithin = (offset: number, range: Ignore["range"]) =>
  range !== null && range.start <= offset && offset < Math.max(range.end, range.start + 1);

function whatIsWrong({ code, range }: Ignore): string | null {
  if (code === "") return `${word} needs the code of a rule.`;
  const entry = explain(code);
  if (entry === undefined) {
    const near = nearest(code, adjustableCodes);
    return `There is no rule "${code}".${near === null ? "" : ` Did you mean "${near}"?`}`;
  }
  if (!isAdjustable(entry)) return `"${code}" cannot be silenced: KIWI would refuse the description all the same.`;
  return range === null ? "Nothing follows that this could silence." : null;
}

function readIgnores(file: Commented): Ignore[] {
  const all = file.children === undefined ? lineIgnores(file.text) : xmlIgnores(file.text, file.children);
  const found: Ignore[] = [];
  for (const one of all) if (found.push(one) === maxIgnores) break;
  return found;
}

/** `<!-- kiwi-workbench-ignore a, b: reason -->` silences the element behind it, with all that it holds. */
function* xmlIgnores(text: string, children: readonly XmlNode[]): Generator<Ignore> {
  for (const match of text.matchAll(/<!--\s*kiwi-workbench-ignore(-file)?(?![\w-])/g)) {
    const [head, ofFile] = match;
    const start = match.index + head.length;
    const end = text.indexOf("-->", start);
    if (end < 0) return;
    const siblings = elementAt({ children }, match.index + 1)?.children ?? children;
    const next = siblings.find((node) => node.kind === "element" && node.start >= end) ?? null;
    const range = ofFile === undefined ? next : { start: 0, end: text.length };
    for (const code of codesIn(text.slice(start, end), start)) yield { ...code, range };
  }
}

/**
 * `# kiwi-workbench-ignore a` silences the rest of its line where something stands before it, else the next line that
 * says something, with the lines that are indented below it.
 */
function* lineIgnores(text: string): Generator<Ignore> {
  for (const match of text.matchAll(/#\s*kiwi-workbench-ignore(-file)?(?![\w-])([^\n]*)/g)) {
    const [whole, ofFile, codes = ""] = match;
    const end = match.index + whole.length;
    const lineStart = text.lastIndexOf("\n", match.index) + 1;
    const alone = text.slice(lineStart, match.index).trim() === "";
    const range = alone ? blockAfter(text, end) : { start: lineStart, end };
    const silenced = ofFile === undefined ? range : { start: 0, end: text.length };
    for (const code of codesIn(codes, end - codes.length)) yield { ...code, range: silenced };
  }
}

function blockAfter(text: string, from: number): Ignore["range"] {
  const lines = /(?:^|\n)([ \t]*)(?!#)\S[^\n]*/g;
  lines.lastIndex = from;
  const first = lines.exec(text);
  if (first === null) return null;
  const start = first.index;
  const indent = (first[1] ?? "").length;
  let end = lines.lastIndex;
  for (let next = lines.exec(text); next !== null && (next[1] ?? "").length > indent; next = lines.exec(text)) {
    end = lines.lastIndex;
  }
  return { start, end };
}

/** The codes up to a colon, behind which a reason may stand. */
function codesIn(text: string, offset: number): Pick<Ignore, "code" | "at">[] {
  const list = text.split(":")[0] ?? "";
  const codes = [...list.matchAll(/[^\s,]+/g)].map((match) => ({ code: match[0], at: offset + match.index }));
  return codes.length > 0 ? codes : [{ code: "", at: offset }];
}

function problemAt(file: Commented, { code, at }: Ignore, as: string, message: string, checked: string): Problem {
  const from = file.lines.position(at);
  const to = file.lines.position(at + Math.max(1, code.length));
  return {
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
    severity: "warning",
    layer: "lint",
    code: as,
    message,
    ...(file.path === checked ? {} : { file: file.path }),
  };
}
