import { isXmlCharacter, nameEnd } from "./characters.ts";
import type { XmlSource } from "./source.ts";

const predefined: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** How deep entities may name one another before the text counts as an attack. */
const maxEntityDepth = 8;
/** How long the replacement of one reference may get, in characters. */
const maxEntityLength = 10_000;
/** How much all references of a text may bring into it, in characters. */
const maxExpanded = 1_000_000;

/** Character data of a range: references expanded, line ends made `\n`. Reports references that a parser refuses. */
export function dataValue(source: XmlSource, start: number, end: number): string {
  return expand(source, start, end).replace(/\r\n?/g, "\n");
}

/** An attribute's value: as `dataValue`, and each blank character that is written as such becomes a space. */
export function attributeValue(source: XmlSource, start: number, end: number): string {
  const raw = source.text.slice(start, end);
  if (!raw.includes("&")) return raw.replace(/\r\n|[\r\n\t]/g, " ");
  return expand(source, start, end, (literal) => literal.replace(/\r\n|[\r\n\t]/g, " "));
}

function expand(source: XmlSource, start: number, end: number, onLiteral = (literal: string) => literal): string {
  // The search must end with the range: to the end of the text it would cost the square of the text's length.
  const raw = source.text.slice(start, end);
  let value = "";
  let done = 0;
  for (let at = raw.indexOf("&"); at >= 0; at = raw.indexOf("&", done)) {
    const reference = readReference(source, start + at, end);
    value += onLiteral(raw.slice(done, at)) + reference.value;
    done = reference.end - start;
  }
  return done === 0 ? onLiteral(raw) : value + onLiteral(raw.slice(done));
}

/** Reads the reference at `at`, where an ampersand stands. A faulty one is reported and stands for itself. */
function readReference(source: XmlSource, at: number, limit: number): { value: string; end: number } {
  const { text } = source;
  const fail = (code: string, message: string, end: number) => {
    source.report(code, message, at, end);
    return { value: text.slice(at, end), end };
  };

  if (text[at + 1] === "#") {
    const match = /&#(?:x([0-9a-fA-F]+)|([0-9]+));/y;
    match.lastIndex = at;
    const found = match.exec(text);
    if (found === null) return fail("bad-reference", "A character reference is written &#38; or &#x26;.", at + 2);
    const code = found[1] === undefined ? Number(found[2]) : Number.parseInt(found[1], 16);
    const end = at + found[0].length;
    if (!isXmlCharacter(code)) return fail("bad-reference", `${found[0]} names a character that XML forbids.`, end);
    return { value: String.fromCodePoint(code), end };
  }

  const end = Math.min(nameEnd(text, at + 1), limit);
  if (end === at + 1) return fail("bare-ampersand", 'A plain "&" is written &amp; in XML.', at + 1);
  const name = text.slice(at + 1, end);
  if (text[end] !== ";" || end >= limit) {
    return fail("bare-ampersand", `"&${name}" lacks its semicolon; a plain "&" is written &amp; in XML.`, end);
  }
  const value = predefined.get(name) ?? entityText(source, name, 0);
  if (value === null) return fail("undefined-entity", `The entity &${name}; is not defined.`, end + 1);
  if (!predefined.has(name)) source.expanded += value.length;
  if (source.expanded > maxExpanded) return fail("entity-limit", "Entities bring too much into this text.", end + 1);
  return { value, end: end + 1 };
}

/** Replacement text of a declared entity, its own references expanded; null where it is not declared or out of bounds. */
function entityText(source: XmlSource, name: string, depth: number): string | null {
  const text = source.entities.get(name);
  if (text === undefined || depth > maxEntityDepth) return null;
  const key = `${depth} ${name}`;
  const known = source.expansions.get(key);
  if (known !== undefined) return known;
  let length = 0;
  const value = text.replace(/&([^;&\s]+);/g, (_, inner: string) => {
    const replacement = predefined.get(inner) ?? entityText(source, inner, depth + 1);
    length += replacement?.length ?? Number.POSITIVE_INFINITY;
    return length > maxEntityLength ? "" : (replacement ?? "");
  });
  const expansion = length > maxEntityLength || value.length > maxEntityLength ? null : value;
  source.expansions.set(key, expansion);
  return expansion;
}
