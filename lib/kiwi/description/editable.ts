import { type Document, isAlias, isMap, isScalar, isSeq, parseDocument, Scalar, type YAMLMap } from "yaml";
import { formatOf } from "#lib/kiwi/formats/format.ts";
import { readData } from "#lib/kiwi/formats/read.ts";
import { treeOf } from "#lib/kiwi/formats/tree.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { attributeOf, childElements, textOf, type XmlElement } from "#lib/xml/tree.ts";
import { includedPath } from "./includes.ts";

/** An element of a description that can be changed, whatever it is written in. */
export interface EditableElement {
  readonly name: string;
  children(): EditableElement[];
  attribute(name: string): string | undefined;
  /** The element's own text, without the blanks around it. */
  content(): string;
  /** Takes effect in the file's text only. */
  set(name: string, value: string): void;
  /** Takes it out of the file's text, where it stays in all answers. */
  remove(): void;
}

/** A file of a description, to be changed where it must be and nowhere else. */
export interface EditableFile {
  readonly path: string;
  readonly root: EditableElement | null;
  /** The text with every change. */
  text(): string;
}

/** Gives the text of a file of the description's folder; undefined where there is none. */
export type ReadText = (path: string) => string | undefined;

/**
 * The files that make up a description: the image file and, as KIWI takes them, the XML files that it includes directly
 * below its root. A file that cannot be parsed has no root.
 */
export function editableFiles(imageFile: string, read: ReadText): EditableFile[] {
  const main = editableFile(imageFile, read(imageFile) ?? "");
  const paths = (main.root?.children() ?? [])
    .filter(({ name }) => name === "include")
    .flatMap((include) => includedPath(include.attribute("from") ?? "") ?? []);
  const included = [...new Set(paths)].flatMap((path) => {
    const text = read(path);
    return text === undefined ? [] : [editableFile(path, text)];
  });
  return [main, ...included];
}

/** The sections below the root of all files, in the order in which KIWI reads them: an include's at its place. */
export function sectionsOf(files: readonly EditableFile[]): EditableElement[] {
  const [main, ...included] = files;
  const byPath = new Map(included.map((file) => [file.path, file]));
  return (main?.root?.children() ?? []).flatMap((section) => {
    if (section.name !== "include") return [section];
    return byPath.get(includedPath(section.attribute("from") ?? "") ?? "")?.root?.children() ?? [];
  });
}

/** The texts that have changed, by path. */
export function changedFiles(files: readonly EditableFile[], read: ReadText): Map<string, string> {
  const texts = files.map((file) => [file.path, file.text()] as const);
  return new Map(texts.filter(([path, text]) => text !== read(path)));
}

function editableFile(path: string, text: string): EditableFile {
  const format = formatOf(path, text);
  if (format === "xml") return treeFile(path, text, parseXml(text).root, escape);
  // KIWI takes no sections of INI as a description.
  if (format === "ini") return { path, root: null, text: () => text };
  if (format === "toml" || format === "json5")
    return treeFile(path, text, treeOf(text, readData(text, format), format).root, null);
  return yamlFile(path, text);
}

/** The range is replaced by the text. */
type Edit = { start: number; end: number; text: string };

/** Without `write` what stands between the quotes of a value is JSON, and there is no place for a new attribute. */
function treeFile(
  path: string,
  text: string,
  root: XmlElement | null,
  write: ((value: string) => string) | null,
): EditableFile {
  const edits = new Map<string, Edit>();
  const wrap = (element: XmlElement): EditableElement => ({
    name: element.local,
    children: () => childElements(element).map(wrap),
    attribute: (name) => attributeOf(element, name)?.value,
    content: () => textOf(element).trim(),
    set(name, value) {
      const attribute = attributeOf(element, name);
      if (write === null && (!attribute || text[attribute.valueStart - 1] !== '"'))
        throw new Error(`The attribute "${name}" cannot be set in ${path}: write it there, in double quotes.`);
      const inner = (write ?? ((plain: string) => JSON.stringify(plain).slice(1, -1)))(value);
      const place = attribute
        ? { start: attribute.valueStart, end: attribute.valueEnd }
        : { start: element.attributes.at(-1)?.end ?? element.nameEnd };
      const written = attribute ? inner : ` ${name}="${inner}"`;
      edits.set(`${element.start} ${name}`, { end: place.start, ...place, text: written });
    },
    remove() {
      if (write === null) throw new Error(`<${element.local}> cannot be taken out of ${path}.`);
      edits.set(`${element.start}`, { start: element.start, end: element.end, text: "" });
    },
  });
  return {
    path,
    root: root === null ? null : wrap(root),
    text: () =>
      // From the end, so that what is before keeps its place; new attributes of one element in the order of their coming.
      [...edits.values()]
        .reverse()
        .sort((a, b) => b.start - a.start)
        .reduce((whole, { start, end, text: written }) => whole.slice(0, start) + written + whole.slice(end), text),
  };
}

/** For either kind of quotes; white space would else be read as plain blanks. */
function escape(value: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return value.replace(/[&<>"']/g, (character) => names[character] ?? character);
}

function yamlFile(path: string, text: string): EditableFile {
  // KIWI reads YAML 1.1.
  const document = parseDocument(text, { version: "1.1" });
  let changed = false;
  const wrap = (name: string, map: YAMLMap, remove: () => void): EditableElement => ({
    name,
    children: () =>
      map.items.flatMap(({ key, value }) => {
        const child = String(key);
        const node = resolved(document, value);
        if (child.startsWith("@")) return [];
        const several = isSeq(node) ? node.items : [node];
        return several.map((item) => {
          const one = resolved(document, item);
          const drop = () => {
            changed = true;
            if (!isSeq(node)) return void map.delete(key);
            node.items.splice(node.items.indexOf(item), 1);
            if (node.items.length === 0) map.delete(key);
          };
          return isMap(one) ? wrap(child, one, drop) : leaf(child, one, drop);
        });
      }),
    attribute(attribute) {
      const value = map.get(`@${attribute}`);
      return value === undefined || value === null ? undefined : String(value);
    },
    content: () => String(map.get("#text") ?? "").trim(),
    set(attribute, value) {
      const scalar = new Scalar(value);
      scalar.type = Scalar.QUOTE_DOUBLE;
      map.set(`@${attribute}`, scalar);
      changed = true;
    },
    remove,
  });
  const image = isMap(document.contents) ? resolved(document, document.contents.get("image", true)) : null;
  return {
    path,
    root: document.errors.length === 0 && isMap(image) ? wrap("image", image, () => {}) : null,
    text: () => (changed ? document.toString({ lineWidth: 0 }) : text),
  };
}

/** An element that is text only. */
function leaf(name: string, node: unknown, remove: () => void): EditableElement {
  return {
    name,
    children: () => [],
    attribute: () => undefined,
    content: () => String(isScalar(node) ? node.value : "").trim(),
    set(attribute) {
      throw new Error(`The attribute "${attribute}" cannot be set: <${name}> is written as plain text.`);
    },
    remove,
  };
}

function resolved(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}
