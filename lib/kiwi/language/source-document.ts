import { type ParsedNode, parseDocument } from "yaml";
import { parseXml } from "#lib/xml/parse.ts";
import { type LineIndex, lineIndex } from "#lib/xml/positions.ts";
import type { XmlElement, XmlError, XmlNode } from "#lib/xml/tree.ts";

/** One file of a description, parsed. Other formats than XML give the same kind of tree, placed in their own text. */
export interface SourceDocument {
  path: string;
  text: string;
  format: "xml" | "yaml";
  /** null where there is no element, and for formats whose tree is not built. */
  root: XmlElement | null;
  children: readonly XmlNode[];
  errors: readonly XmlError[];
  lines: LineIndex;
}

/** Parses a file by its format: its ending tells it, and for others, such as `.kiwi`, its first characters (as KIWI does). */
export function readSource(path: string, text: string): SourceDocument {
  const lines = lineIndex(text);
  if (isYaml(path, text)) {
    const document = parseDocument<ParsedNode>(text);
    const errors = document.errors.map((error) => ({
      code: `yaml-${error.code.toLowerCase().replaceAll("_", "-")}`,
      message: error.message.split("\n")[0]?.replace(/ at line .*$/, ".") ?? error.message,
      start: error.pos[0],
      end: Math.max(error.pos[1], error.pos[0] + 1),
    }));
    return { path, text, format: "yaml", root: null, children: [], errors, lines };
  }
  const { root, children, errors } = parseXml(text);
  return { path, text, format: "xml", root, children, errors, lines };
}

function isYaml(path: string, text: string): boolean {
  if (/\.ya?ml$/i.test(path)) return true;
  if (/\.xml$/i.test(path)) return false;
  return !/^\uFEFF?\s*</.test(text) && /^(?:---|image\s*:|\{)/m.test(text);
}
