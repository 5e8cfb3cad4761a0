import { removeElement, renameElement } from "#lib/xml/edit/elements.ts";
import { lineEndOf, lineIndent, ownIndent } from "#lib/xml/edit/layout.ts";
import type { TextEdit } from "#lib/xml/edit/text-edit.ts";
import { elementsOf, type XmlElement } from "#lib/xml/tree.ts";
import { type Candidate, type Fault, inFile } from "./fault.ts";

/** A way to end what keeps a text from being well-formed: its title and what it writes. */
type Offer = [title: string, action: string, edits: TextEdit[]];

const fixers: Readonly<Record<string, (fault: Fault) => Offer[]>> = {
  "unclosed-element": closeElement,
  "stray-end-tag": (fault) => [["Remove the end tag", "remove", removeElement(fault.document, fault)]],
  "wrong-end-tag": correctEndTag,
  "unfinished-tag": finishTag,
  "missing-value": ({ end }) => [["Give it an empty value", "add-value", [insert(end, '=""')]]],
  "missing-quotes": quoteValue,
  "unclosed-quote": closeQuote,
  "missing-blank": ({ start }) => [["Insert a blank", "insert-blank", [insert(start, " ")]]],
  "unexpected-character": removeIt("Remove the character"),
  "forbidden-character": removeIt("Remove the character"),
  "duplicate-attribute": duplicateAttribute,
  "bare-less-than": ({ start }) => [["Write &lt;", "escape", [replace(start, start + 1, "&lt;")]]],
  "bare-ampersand": escapeAmpersand,
  "undefined-entity": ({ start }) => [["Write &amp;", "escape", [insert(start + 1, "amp;")]]],
  "bad-reference": ({ start }) => [["Write &amp;", "escape", [insert(start + 1, "amp;")]]],
  "cdata-end-in-text": ({ start }) => [["Write ]]&gt;", "escape", [replace(start, start + 3, "]]&gt;")]]],
  "unclosed-comment": closeAtLineEnd("-->", "Close the comment"),
  "unclosed-cdata": closeAtLineEnd("]]>", "Close the CDATA section"),
  "dashes-in-comment": spaceDashes,
  "misplaced-declaration": moveDeclaration,
  "bad-declaration": ({ start, end }) => [
    ["Write the usual declaration", "rewrite", [replace(start, end, '<?xml version="1.0" encoding="utf-8"?>')]],
  ],
  "text-outside": removeIt("Remove the text"),
  "second-root": removeRoot,
  "no-root": writeRoot,
};

/** Ways to make a text well-formed. */
export function syntaxFixes(fault: Fault): Candidate[] {
  const offers = fixers[fault.problem.code]?.(fault) ?? [];
  return offers.map(([title, action, edits]) => ({ title, action, edits: inFile(fault.document, edits) }));
}

function insert(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}

function replace(start: number, end: number, text: string): TextEdit {
  return { start, end, text };
}

function removeIt(title: string): (fault: Fault) => Offer[] {
  return ({ start, end }) => [[title, "remove", [replace(start, end, "")]]];
}

/** The element whose tag begins at the problem's place. */
function tagAt({ document, start }: Fault): XmlElement | null {
  for (const element of elementsOf(document.children)) if (element.start === start) return element;
  return null;
}

function closeElement(fault: Fault): Offer[] {
  const element = tagAt(fault);
  if (element === null) return [];
  const { text } = fault.document;
  const tag = `</${element.name}>`;
  const last = element.children.findLast((node) => text.slice(node.start, node.end).trim() !== "");
  const isBlock = last?.kind === "element" && ownIndent(text, last.start) !== null;
  const end = last === undefined ? element.openEnd : trimmedEnd(text, last.start, last.end);
  const closing = isBlock ? lineEndOf(text) + lineIndent(text, element.start) + tag : tag;
  const offers: Offer[] = [[`Close <${element.name}>`, "close-element", [insert(end, closing)]]];
  if (last === undefined) {
    const selfClosing = [replace(element.openEnd - 1, element.openEnd, "/>")];
    offers.unshift([`Close it at once: <${element.name}/>`, "close-at-once", selfClosing]);
  }
  return [...offers, ["Remove the tag", "remove", [replace(element.start, element.openEnd, "")]]];
}

function trimmedEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}

function correctEndTag(fault: Fault): Offer[] {
  const { document, start, end } = fault;
  const written = /^<\/([^\s>]*)/.exec(document.text.slice(start, end + 1))?.[1] ?? "";
  const closes = [...elementsOf(document.children)].find((element) => element.closeStart === start);
  if (closes === undefined) return [];
  const offers: Offer[] = [
    [`Write </${closes.name}>`, "rename-tag", [replace(start + 2, start + 2 + written.length, closes.name)]],
  ];
  if (written !== "") {
    const rename = renameElement(document, { ...closes, form: "unclosed" }, written);
    offers.push([`Rename the start tag to <${written}>`, "rename-start-tag", rename]);
  }
  return offers;
}

function finishTag({ document, start, end }: Fault): Offer[] {
  const at = trimmedEnd(document.text, start, end);
  const finish: Offer = ['Write the missing ">"', "finish-tag", [insert(at, ">")]];
  if (document.text.startsWith("</", start)) return [finish];
  return [['Write the missing "/>"', "finish-empty-tag", [insert(at, "/>")]], finish];
}

function quoteValue({ document, attribute }: Fault): Offer[] {
  if (attribute === null) return [];
  const { valueStart, valueEnd } = attribute;
  const quote = document.text.slice(valueStart, valueEnd).includes('"') ? "'" : '"';
  const edits =
    valueStart === valueEnd
      ? [insert(valueStart, quote + quote)]
      : [insert(valueStart, quote), insert(valueEnd, quote)];
  return [["Put the value in quotes", "quote-value", edits]];
}

function closeQuote({ document, attribute, start }: Fault): Offer[] {
  if (attribute === null) return [];
  const quote = document.text[start] ?? '"';
  return [["Close the quote", "close-quote", [insert(attribute.valueEnd, quote)]]];
}

function duplicateAttribute({ document, start }: Fault): Offer[] {
  for (const element of elementsOf(document.children)) {
    const index = element.attributes.findIndex((one) => one.start === start);
    const attribute = element.attributes[index];
    if (attribute === undefined) continue;
    const first = element.attributes.find(({ name }) => name === attribute.name);
    const before = (which: number) => element.attributes[which - 1]?.end ?? element.nameEnd;
    const offers: Offer[] = [["Remove this one", "remove-attribute", [replace(before(index), attribute.end, "")]]];
    if (first !== undefined && first !== attribute) {
      const at = element.attributes.indexOf(first);
      offers.push(["Remove the first one", "remove-first", [replace(before(at), first.end, "")]]);
    }
    return offers;
  }
  return [];
}

function escapeAmpersand({ document, start }: Fault): Offer[] {
  const known = /^&(amp|lt|gt|quot|apos)(?![\w;])/.exec(document.text.slice(start, start + 6))?.[1];
  const offers: Offer[] = [["Write &amp;", "escape", [insert(start + 1, "amp;")]]];
  if (known === undefined) return offers;
  return [["Add the semicolon", "add-semicolon", [insert(start + 1 + known.length, ";")]], ...offers];
}

function closeAtLineEnd(mark: string, title: string): (fault: Fault) => Offer[] {
  return ({ document, start }) => {
    const lineEnd = document.text.slice(start).search(/[\r\n]|$/) + start;
    return [[title, "close", [insert(trimmedEnd(document.text, start, lineEnd), ` ${mark}`)]]];
  };
}

function spaceDashes({ document, start }: Fault): Offer[] {
  const from = document.text.lastIndexOf("<!--", start) + 4;
  const to = document.text.indexOf("-->", start);
  const inner = document.text.slice(from, to < 0 ? undefined : to);
  const spaced = inner.replace(/-(?=-)/g, "- ").replace(/-$/, "- ");
  return [["Put blanks between the dashes", "space-dashes", [replace(from, from + inner.length, spaced)]]];
}

function moveDeclaration({ document, start, end }: Fault): Offer[] {
  const { text } = document;
  if (text.slice(0, start).trim() !== "") return [["Remove the declaration", "remove", [replace(start, end, "")]]];
  return [["Remove what stands before the declaration", "remove-before", [replace(0, start, "")]]];
}

function removeRoot(fault: Fault): Offer[] {
  const element = tagAt(fault);
  if (element === null) return [];
  return [[`Remove <${element.name}>`, "remove-element", [replace(element.start, element.end, "")]]];
}

function writeRoot({ document, newest }: Fault): Offer[] {
  const version = newest === null ? "" : ` schemaversion="${newest}"`;
  const root = `<image${version} name="">${lineEndOf(document.text)}</image>${lineEndOf(document.text)}`;
  return [["Begin a description", "write-root", [insert(document.text.length, root)]]];
}
