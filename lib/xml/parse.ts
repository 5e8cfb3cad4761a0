import { blankEnd, forbiddenCharacters, nameEnd } from "./characters.ts";
import { resolveNamespaces } from "./namespaces.ts";
import { type OpenElements, openElements } from "./open-elements.ts";
import { readComment, readDoctype, readInstruction } from "./prolog.ts";
import { dataValue } from "./references.ts";
import { indentation, maxErrors, type XmlSource, xmlSource } from "./source.ts";
import { readStartTag } from "./start-tag.ts";
import type { XmlDocument, XmlElement, XmlNode } from "./tree.ts";

/**
 * Parses any text into a tree. A text that is not well-formed gives a tree as well, the one that its author most
 * likely has in mind; `errors` then says what is wrong. An error is reported wherever libxml2 refuses the text.
 */
export function parseXml(text: string): XmlDocument {
  const source = xmlSource(text);
  const children: XmlNode[] = [];
  const open = openElements(source, children);

  reportForbidden(source, 0, text.length);
  let at = 0;
  if (text.charCodeAt(0) === 0xfeff) at = addText(source, open, "text", 0, 1, 1);
  while (at < text.length && source.errors.length < maxErrors) at = readNode(source, open, at);
  if (at < text.length) open.add({ kind: "unread", start: at, end: text.length });
  open.closeAll();

  const elements = children.filter((node): node is XmlElement => node.kind === "element");
  checkRoot(source, elements);
  resolveNamespaces(source, elements);
  source.errors.sort((a, b) => a.start - b.start || a.end - b.end);
  const { errors, entities } = source;
  const hasEntities = entities.size > 0;
  return { text, children, root: elements[0] ?? null, errors, hasEntities, deepest: open.deepest() };
}

export function reportForbidden(source: XmlSource, start: number, end: number): void {
  for (const at of forbiddenCharacters(source.text.slice(start, end))) {
    source.report("forbidden-character", "XML forbids this character.", start + at, start + at + 1);
  }
}

/** Reads the node or the end tag at `at`, and returns its end. */
export function readNode(source: XmlSource, open: OpenElements, at: number): number {
  return source.text[at] === "<" ? readMarkup(source, open, at) : readText(source, open, at);
}

/** Reads what starts with the `<` at `at`, and returns its end. */
function readMarkup(source: XmlSource, open: OpenElements, at: number): number {
  const { text } = source;
  if (nameEnd(text, at + 1) > at + 1) return readElement(source, open, at);
  if (text.startsWith("</", at)) return readEndTag(source, open, at);
  if (text.startsWith("<!--", at)) return add(open, readComment(source, at));
  if (text.startsWith("<?", at)) return add(open, readInstruction(source, at, at === 0 || isBom(text, at)));
  if (text.startsWith("<![CDATA[", at)) return readCdata(source, open, at);
  if (text.startsWith("<!DOCTYPE", at)) return add(open, readDoctype(source, at, open.isEmpty()));
  source.report("bare-less-than", 'A plain "<" is written &lt; in XML.', at, at + 1);
  return addText(source, open, "text", at, at + 1, at + 1);
}

function isBom(text: string, at: number): boolean {
  return at === 1 && text.charCodeAt(0) === 0xfeff;
}

function add(open: OpenElements, node: XmlNode): number {
  open.add(node);
  return node.end;
}

function readElement(source: XmlSource, open: OpenElements, at: number): number {
  const element = readStartTag(source, at, open.current());
  open.add(element);
  if (element.form !== "empty") open.open(element);
  return element.end;
}

/** An end tag that fits no open element is taken for a misspelt one where it stands in the place of the innermost's. */
function readEndTag(source: XmlSource, open: OpenElements, at: number): number {
  const { text } = source;
  const afterName = nameEnd(text, at + 2);
  const name = text.slice(at + 2, afterName);
  const afterBlank = blankEnd(text, afterName);
  const complete = text[afterBlank] === ">";
  const end = complete ? afterBlank + 1 : afterName;
  if (!complete) source.report("unfinished-tag", `The end tag </${name} lacks its ">".`, at, afterName);

  if (open.isOpen(name)) {
    open.close(name, at, end);
    return end;
  }
  if (open.mayLeave(name)) {
    open.leave();
    return end;
  }
  const innermost = open.current();
  if (innermost !== null && innermost.form === "unclosed" && isInPlaceOf(source, innermost, at)) {
    const message = `</${innermost.name}> is expected here, not </${name}>.`;
    source.report("wrong-end-tag", message, at, Math.max(afterName, at + 2));
    open.close(innermost.name, at, end);
    return end;
  }
  source.report("stray-end-tag", `</${name}> closes nothing: no <${name}> is open.`, at, end);
  return add(open, { kind: "stray-end-tag", start: at, end });
}

function isInPlaceOf(source: XmlSource, element: XmlElement, at: number): boolean {
  const indent = indentation(source.text, at);
  if (indent !== null) return indent === indentation(source.text, element.start);
  return element.children.every((child) => child.kind !== "element");
}

function readCdata(source: XmlSource, open: OpenElements, at: number): number {
  const found = source.find("]]>", at + 9);
  if (found < 0) source.report("unclosed-cdata", 'This CDATA section lacks its end "]]>".', at, at + 9);
  if (open.current() === null) source.report("text-outside", "Text must stand inside the root element.", at, at + 9);
  const end = found < 0 ? source.text.length : found + 3;
  const value = source.text.slice(at + 9, found < 0 ? end : found).replace(/\r\n?/g, "\n");
  return add(open, { kind: "cdata", start: at, end, value });
}

function readText(source: XmlSource, open: OpenElements, at: number): number {
  const found = source.text.indexOf("<", at);
  const end = found < 0 ? source.text.length : found;
  const slice = source.text.slice(at, end);
  const marker = slice.indexOf("]]>");
  if (marker >= 0) source.report("cdata-end-in-text", '"]]>" is written ]]&gt; in text.', at + marker, at + marker + 3);
  if (open.current() === null && /[^ \t\r\n]/.test(slice)) {
    const first = at + slice.search(/[^ \t\r\n]/);
    source.report("text-outside", "Text must stand inside the root element.", first, at + slice.trimEnd().length);
  }
  return addText(source, open, "text", at, end, at);
}

/** Adds a text node for a range; its data begins at `dataStart`. */
function addText(
  source: XmlSource,
  open: OpenElements,
  kind: "text",
  at: number,
  end: number,
  dataStart: number,
): number {
  return add(open, { kind, start: at, end, value: dataStart === end ? "" : dataValue(source, dataStart, end) });
}

function checkRoot(source: XmlSource, elements: readonly XmlElement[]): void {
  const root = elements[0];
  if (root === undefined) source.report("no-root", "The file holds no element.", 0, Math.min(1, source.text.length));
  for (const extra of elements.slice(1)) {
    source.report("second-root", "Only one root element is allowed.", extra.start, extra.nameEnd);
  }
}
