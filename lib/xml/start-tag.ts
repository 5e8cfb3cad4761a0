import { blankEnd, isBlank, nameEnd } from "./characters.ts";
import { attributeValue } from "./references.ts";
import type { XmlSource } from "./source.ts";
import type { XmlAttribute, XmlElement } from "./tree.ts";

/** Reads the start tag at `at`, where `<` and a name stand. It ends at its `>`, or where the next tag begins. */
export function readStartTag(source: XmlSource, at: number, parent: XmlElement | null): XmlElement {
  const { text } = source;
  const afterName = nameEnd(text, at + 1);
  const element: XmlElement = {
    kind: "element",
    parent,
    start: at,
    end: afterName,
    name: text.slice(at + 1, afterName),
    local: "",
    namespace: "",
    nameStart: at + 1,
    nameEnd: afterName,
    attributes: [],
    children: [],
    openEnd: afterName,
    closeStart: afterName,
    form: "broken",
  };
  finish(element, readInside(source, element));
  return element;
}

function finish(element: XmlElement, { end, form }: { end: number; form: XmlElement["form"] }): void {
  element.openEnd = end;
  element.closeStart = end;
  element.end = end;
  element.form = form;
}

function readInside(source: XmlSource, element: XmlElement): { end: number; form: XmlElement["form"] } {
  const { text } = source;
  let at = element.nameEnd;
  for (;;) {
    const next = blankEnd(text, at);
    const character = text[next];
    if (character === ">") return { end: next + 1, form: "unclosed" };
    if (character === "/" && text[next + 1] === ">") return { end: next + 2, form: "empty" };
    if (character === undefined || character === "<") {
      source.report("unfinished-tag", `The tag <${element.name}> lacks its ">".`, element.start, at);
      return { end: next, form: "broken" };
    }
    const end = nameEnd(text, next);
    if (end === next) {
      source.report("unexpected-character", `"${text[next]}" has no place in a tag.`, next, next + 1);
      at = next + 1;
      continue;
    }
    if (next === at) source.report("missing-blank", "A blank is missing before this attribute.", next, end);
    const attribute = readAttribute(source, next, end);
    element.attributes.push(attribute);
    at = attribute.end;
  }
}

function readAttribute(source: XmlSource, start: number, afterName: number): XmlAttribute {
  const { text } = source;
  const name = text.slice(start, afterName);
  const attribute: XmlAttribute = {
    name,
    local: name,
    namespace: "",
    start,
    nameEnd: afterName,
    valueStart: afterName,
    valueEnd: afterName,
    end: afterName,
    value: "",
    complete: false,
  };
  const equals = blankEnd(text, afterName);
  if (text[equals] !== "=") {
    source.report("missing-value", `The attribute "${name}" needs a value: ${name}="…".`, start, afterName);
    return attribute;
  }
  const open = blankEnd(text, equals + 1);
  const quote = text[open];
  if (quote !== '"' && quote !== "'") return withBareValue(source, attribute, equals);

  const close = closingQuote(text, open + 1, quote);
  attribute.valueStart = open + 1;
  attribute.complete = close !== null;
  attribute.valueEnd = close ?? unclosedValueEnd(text, open + 1);
  attribute.end = close === null ? attribute.valueEnd : close + 1;
  attribute.value = attributeValue(source, attribute.valueStart, attribute.valueEnd);
  if (close === null) {
    source.report("unclosed-quote", `The value of "${name}" lacks its closing quote.`, open, attribute.valueEnd);
  }
  return attribute;
}

/** `name=` with nothing, or with a word without quotes, behind it. */
function withBareValue(source: XmlSource, attribute: XmlAttribute, equals: number): XmlAttribute {
  const { text } = source;
  let end = equals + 1;
  while (end < text.length && !isBlank(text.charCodeAt(end)) && !"<>/\"'=".includes(text[end] as string)) end++;
  source.report("missing-quotes", `The value of "${attribute.name}" must stand in quotes.`, attribute.start, end);
  attribute.valueStart = equals + 1;
  attribute.valueEnd = end;
  attribute.end = end;
  attribute.value = text.slice(equals + 1, end);
  return attribute;
}

/**
 * Offset of the quote that closes a value, or null where there is none before the next tag. A value that runs over the
 * line's end and is followed at once by more text took the opening quote of the next attribute for its own end.
 */
function closingQuote(text: string, from: number, quote: string): number | null {
  let manyLines = false;
  for (let at = from; at < text.length; at++) {
    const character = text[at] as string;
    if (character === "<") return null;
    if (character === "\n") manyLines = true;
    if (character !== quote) continue;
    const next = text[at + 1];
    return manyLines && next !== undefined && !/[\s/>?]/.test(next) ? null : at;
  }
  return null;
}

/** An unclosed value is taken to end with its line, before what looks like the end of the tag. */
function unclosedValueEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !"<\n\r".includes(text[end] as string)) end++;
  const tail = /\s*\/?>\s*$/.exec(text.slice(Math.max(from, end - 200), end));
  return tail === null ? end : end - tail[0].length;
}
