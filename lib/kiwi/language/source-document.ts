import type { Format } from "#lib/contracts/description.ts";
import { formatOf } from "#lib/kiwi/formats/format.ts";
import { readData } from "#lib/kiwi/formats/read.ts";
import { type DataTree, treeOf } from "#lib/kiwi/formats/tree.ts";
import { changeBetween } from "#lib/xml/edit/change-between.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { type LineIndex, lineIndex } from "#lib/xml/positions.ts";
import { reparse } from "#lib/xml/reparse.ts";
import type { XmlDocument, XmlElement, XmlError, XmlNode } from "#lib/xml/tree.ts";

/** A text in which problems have a place. */
export interface TextFile {
  path: string;
  text: string;
  lines: LineIndex;
}

/** One file of a description, parsed. Other formats than XML give the same kind of tree, placed in their own text. */
export interface SourceDocument extends TextFile {
  format: Format;
  /** null where there is no element. */
  root: XmlElement | null;
  children: readonly XmlNode[];
  errors: readonly XmlError[];
  /** The whole tree of an XML text, to go on from when the text changes. */
  xml?: XmlDocument;
  /** What is known of a text that is not XML besides its elements. */
  data?: DataTree;
}

/** A text that has no tree: a script. */
export function readText(path: string, text: string): TextFile {
  return { path, text, lines: lineIndex(text) };
}

/** Parses a file as what KIWI takes it for. */
export function readSource(path: string, text: string, format = formatOf(path, text)): SourceDocument {
  const lines = lineIndex(text);
  if (format === "xml") {
    return xmlSource(path, parseXml(text), lines);
  }
  // Sections of INI files are none of the forms in which descriptions are written: validate() says so.
  if (format === "ini") return { path, text, format, root: null, children: [], errors: [], lines };
  const data = treeOf(text, readData(text, format), format);
  const { root, errors } = data;
  return { path, text, format, root, children: root === null ? [] : [root], errors, lines, data };
}

/** The document with another text. The given one is used up: what did not change in its tree is taken over. */
export function rereadSource(document: SourceDocument, text: string): SourceDocument {
  const { path, xml } = document;
  if (document.text === text) return document;
  if (xml === undefined || formatOf(path, text) !== "xml") return readSource(path, text);
  const change = changeBetween(document.text, text);
  return xmlSource(path, reparse(xml, change), document.lines.after(change, text));
}

function xmlSource(path: string, xml: XmlDocument, lines: LineIndex): SourceDocument {
  const { text, root, children, errors } = xml;
  return { path, text, format: "xml", root, children, errors, lines, xml };
}
