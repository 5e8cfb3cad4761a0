import type { Format } from "#lib/contracts/description.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { lineIndex } from "#lib/xml/positions.ts";
import { childElements, type XmlElement, type XmlNode } from "#lib/xml/tree.ts";
import { formatNames, formatOf } from "./format.ts";
import { readData } from "./read.ts";
import { treeOf } from "./tree.ts";
import { commentText, type Losses, type Value, valueOf } from "./value.ts";
import { writeJson } from "./write-json.ts";
import { writeToml } from "./write-toml.ts";
import { writeXml } from "./write-xml.ts";
import { writeYaml } from "./write-yaml.ts";

/** What descriptions can be turned into. */
export const conversionTargets = ["xml", "yaml", "json", "toml"] as const;
export type ConversionTarget = (typeof conversionTargets)[number];

/** Something that the new text does not say any more, or says in another way. */
export interface Change {
  /** Line of the old text, from 1. */
  line: number;
  message: string;
}

/** A description in another format, or why it cannot be turned into one. */
export type Conversion = { text: string; path: string; changes: Change[] } | { refusal: string };

/**
 * Turns a description into another format, by the mapping that KIWI uses: KIWI sees the same in both. `changes` says
 * what gets lost on the way.
 */
export function convert(path: string, text: string, to: ConversionTarget): Conversion {
  const from = formatOf(path, text);
  if (from === to) return { refusal: `${path} is ${formatNames[to]} already.` };
  if (from === "ini") return { refusal: "INI files cannot be converted." };
  const { root, errors, children } = read(text, from);
  const [fault] = errors;
  const position = lineIndex(text).position;
  if (fault !== undefined) return { refusal: `Line ${position(fault.start).line}: ${fault.message}` };
  if (root?.name !== "image") return { refusal: "Only a description, whose root is image, can be converted." };

  const target = { path: targetPath(path, to) };
  if (to === "xml") return { ...target, text: writeXml(root), changes: lostData(text, from, position) };
  const losses: Losses = { comments: [], moved: [] };
  const value = valueOf(root, { text, losses });
  const before = children.filter(({ kind, start }) => kind === "comment" && start < root.start);
  losses.comments.push(...children.filter(({ kind, start }) => kind === "comment" && start > root.start));
  if (to === "json") losses.comments.push(...before, ...commentsOf(root, losses.comments));
  const changes = [
    ...lostXml(losses, children, position),
    ...(from === "xml" ? [] : lostData(text, from, position)),
    ...nameInclude(root, value, position),
  ].sort((a, b) => a.line - b.line);
  const header = before.map((comment) => commentText(text, comment));
  return { ...target, text: write(value, to, header), changes };
}

type Read = {
  root: XmlElement | null;
  errors: readonly { message: string; start: number }[];
  children: readonly XmlNode[];
};

function read(text: string, format: Exclude<Format, "ini">): Read {
  if (format === "xml") return parseXml(text);
  return { ...treeOf(text, readData(text, format), format), children: [] };
}

function write(value: Value, to: Exclude<ConversionTarget, "xml">, comments: readonly string[]): string {
  if (to === "yaml") return writeYaml(value, comments);
  return to === "json" ? writeJson(value) : writeToml(value, comments);
}

/** The name of the new file beside the old one. KIWI sniffs no other format than XML and YAML. */
function targetPath(path: string, to: ConversionTarget): string {
  return path.replace(/(?:\.[^./]*)?$/, `.${to}`);
}

type Position = (offset: number) => { line: number };

function lostXml(losses: Losses, top: readonly XmlNode[], position: Position): Change[] {
  const at = ({ start }: { start: number }, message: string) => ({ line: position(start).line, message });
  return [
    ...losses.comments.map((comment) => at(comment, "This comment has no place in the new text.")),
    ...losses.moved.map((element) =>
      at(element, `<${element.name}> comes to stand with the first of its name; KIWI does not care for that order.`),
    ),
    ...top
      .filter(({ kind, start }) => kind === "doctype" || (kind === "instruction" && start > 0))
      .map((node) => at(node, "This declaration is left out.")),
  ];
}

/** All comments below an element, those left out that are named already. */
function commentsOf(element: XmlElement, named: readonly XmlNode[]): XmlNode[] {
  const found: XmlNode[] = [];
  const pending: XmlElement[] = [element];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    found.push(...next.children.filter((child) => child.kind === "comment" && !named.includes(child)));
    pending.push(...childElements(next));
  }
  return found;
}

/** Comments, anchors and the like of another format: only what they mean is kept. */
function lostData(text: string, from: Format, position: Position): Change[] {
  const changes: Change[] = [];
  const pattern = from === "json5" ? /^\s*(?:\/\/|\/\*)/ : /^\s*#|\s#\s/;
  for (const match of from === "json" ? [] : text.matchAll(/[^\n]+/g)) {
    if (pattern.test(match[0])) {
      changes.push({ line: position(match.index).line, message: "A comment here is not kept." });
    } else if (from === "yaml" && /(?:^|[:-])\s+[&*]\w/.test(match[0])) {
      changes.push({
        line: position(match.index).line,
        message: "What this anchor or alias stands for is written out.",
      });
    }
  }
  return changes;
}

/** KIWI finds plain relative includes of XML only: they get the address that it finds from everywhere. */
function nameInclude(root: XmlElement, value: Value, position: Position): Change[] {
  const include = value.kind === "map" ? value.entries.get("include") : undefined;
  const all = include?.kind === "list" ? include.items : include === undefined ? [] : [include];
  const elements = childElements(root).filter(({ name }) => name === "include");
  return all.flatMap((one, index) => {
    const from = one.kind === "map" ? one.entries.get("@from") : undefined;
    if (from?.kind !== "scalar" || from.text === null || /^(?:\/|\w+:)/.test(from.text)) return [];
    from.text = `this://${from.text}`;
    const line = position(elements[index]?.start ?? 0).line;
    return [{ line, message: `The include is written ${from.text}, as KIWI would not find it otherwise.` }];
  });
}
