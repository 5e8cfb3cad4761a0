import { blankEnd, nameEnd } from "./characters.ts";
import { lineEnd, type XmlSource } from "./source.ts";
import type { XmlOther } from "./tree.ts";

// Blanks of XML are these four; \s would take more.
const declarationPattern =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][\w.-]*)"|'([A-Za-z][\w.-]*)'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>$/;

/** The encodings that parsers know. */
const knownEncoding =
  /^(?:utf-?(?:7|8|16|32)(?:le|be)?|ucs-?[24]|unicode|us-ascii|ascii|iso-?(?:8859-?\d+|646|2022)[\w-]*|latin-?\d+|l\d|(?:windows|cp|ibm)-?\d+|koi8-?[\w]+|gb[\w-]+|big-?5[\w-]*|euc-?\w+|shift[_-]jis|sjis|mac\w*|tis-?620|viscii|hz\w*)$/i;

/** Reads the comment at `at`. One without an end is taken to end with its line. */
export function readComment(source: XmlSource, at: number): XmlOther {
  const end = source.find("-->", at + 4);
  if (end < 0) {
    source.report("unclosed-comment", 'This comment lacks its end "-->".', at, at + 4);
    return { kind: "comment", start: at, end: Math.max(at + 4, lineEnd(source.text, at)) };
  }
  const dashes = source.text.slice(at + 4, end + 1).indexOf("--");
  if (dashes >= 0) {
    const start = at + 4 + dashes;
    source.report("dashes-in-comment", '"--" must not stand inside a comment.', start, start + 2);
  }
  return { kind: "comment", start: at, end: end + 3 };
}

/** Reads the processing instruction or XML declaration at `at`; `first` where nothing stands before it. */
export function readInstruction(source: XmlSource, at: number, first: boolean): XmlOther {
  const { text } = source;
  const found = source.find("?>", at + 2);
  const end = found < 0 ? lineEnd(text, at) : found + 2;
  const target = text.slice(at + 2, nameEnd(text, at + 2));
  if (found < 0) source.report("unclosed-instruction", 'This instruction lacks its end "?>".', at, end);
  else if (target === "") source.report("bad-instruction", "A processing instruction needs a name.", at, end);
  else if (target === "xml") checkDeclaration(source, at, end, first);
  else if (target.toLowerCase() === "xml") {
    source.report("bad-instruction", `The name "${target}" is reserved; the declaration is written <?xml.`, at, end);
  } else if (target.includes(":")) {
    source.report("bad-instruction", "The name of an instruction must not hold a colon.", at, end);
  } else if (at + 2 + target.length !== end - 2 && !/[ \t\r\n]/.test(text[at + 2 + target.length] ?? "")) {
    source.report("bad-instruction", "A blank is missing after the name of the instruction.", at, end);
  }
  return { kind: target === "xml" && first ? "declaration" : "instruction", start: at, end };
}

function checkDeclaration(source: XmlSource, at: number, end: number, first: boolean): void {
  if (!first) {
    source.report("misplaced-declaration", "The XML declaration must be the very first thing in the file.", at, end);
    return;
  }
  const found = declarationPattern.exec(source.text.slice(at, end));
  const encoding = found?.[1] ?? found?.[2];
  if (found === null) {
    source.report("bad-declaration", 'The declaration is written <?xml version="1.0" encoding="utf-8"?>.', at, end);
  } else if (encoding !== undefined && !knownEncoding.test(encoding)) {
    source.report(
      "unknown-encoding",
      `There is no encoding "${encoding}"; descriptions are written in utf-8.`,
      at,
      end,
    );
  }
}

/**
 * Reads the document type declaration at `at` and takes up the entities that it declares. Where it stands out of place
 * it is taken to end with the first ">", so that many of them stay cheap together.
 */
export function readDoctype(source: XmlSource, at: number, inPlace: boolean): XmlOther {
  const { text } = source;
  if (!inPlace) {
    source.report("misplaced-doctype", "One document type declaration may stand, before the root.", at, at + 9);
    const found = source.find(">", at);
    return { kind: "doctype", start: at, end: found < 0 ? lineEnd(text, at) : found + 1 };
  }
  const found = doctypeEnd(text, at);
  const end = found ?? lineEnd(text, at);
  const body = text.slice(at, end);
  if (found === null) source.report("bad-doctype", 'The document type declaration lacks its ">".', at, at + 9);
  const afterBlank = blankEnd(text, at + 9);
  if (afterBlank === at + 9 || nameEnd(text, afterBlank) === afterBlank) {
    source.report("bad-doctype", "The document type declaration must name the root element.", at, at + 9);
  }
  const subset = body.indexOf("[");
  const head = subset < 0 ? body : body.slice(0, subset);
  if (/\b(?:SYSTEM|PUBLIC)\b/.test(head)) {
    source.report("external-entity", "A description must not load other files by its document type.", at, end);
  }
  for (const match of body.matchAll(/<!ENTITY\s+(%\s+)?([^\s"'>]+)\s+(?:(SYSTEM|PUBLIC)|"([^"]*)"|'([^']*)')/g)) {
    const start = at + match.index;
    if (match[3] !== undefined) {
      source.report("external-entity", `The entity "${match[2]}" loads another file.`, start, start + match[0].length);
    } else if (match[1] === undefined && !source.entities.has(match[2] as string)) {
      source.entities.set(match[2] as string, match[4] ?? match[5] ?? "");
    }
  }
  return { kind: "doctype", start: at, end };
}

function doctypeEnd(text: string, at: number): number | null {
  let quote: string | null = null;
  let inSubset = false;
  for (let i = at + 9; i < text.length; i++) {
    const character = text[i] as string;
    if (quote !== null) {
      if (character === quote) quote = null;
    } else if (character === '"' || character === "'") quote = character;
    else if (character === "[") inSubset = true;
    else if (character === "]") inSubset = false;
    else if (character === ">" && !inSubset) return i + 1;
  }
  return null;
}
