import { type Element, limits, lineAt, type ReadError } from "./element.ts";
import { readXml } from "./read-xml.ts";

/** Gives the text of a file of the description's folder; undefined where there is none. */
export type ReadFile = (path: string) => string | undefined | Promise<string | undefined>;

/**
 * Puts the children of each included file in the place of its `<include>`. As in KIWI, includes stand directly below
 * the root and are followed one level deep. What lies outside the description's folder is left out.
 */
export async function mergeIncludes(
  root: Element,
  text: string,
  read: ReadFile,
): Promise<{ root: Element } | { error: ReadError }> {
  const children: Element[] = [];
  for (const child of root.children) {
    const from = child.name === "include" ? child.attributes.get("from") : undefined;
    const path = from === undefined ? undefined : includedPath(from);
    if (path === undefined) {
      children.push(child);
      continue;
    }
    const included = await readIncluded(path, read);
    if ("error" in included) {
      const line = lineAt(text, Math.max(0, text.indexOf(from ?? "")));
      return { error: included.error.file === undefined ? { ...included.error, line } : included.error };
    }
    children.push(...included.root.children);
  }
  return { root: { ...root, children } };
}

/** The path of an include inside the description's folder; undefined for what lies elsewhere. */
export function includedPath(from: string): string | undefined {
  const reference = from.startsWith("this://") ? from.slice("this://".length) : from;
  if (reference.startsWith("/") || /^[a-z]+:\/\//i.test(reference)) return undefined;
  const parts: string[] = [];
  for (const part of reference.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.length === 0 ? undefined : parts.join("/");
}

async function readIncluded(path: string, read: ReadFile): Promise<{ root: Element } | { error: ReadError }> {
  const text = await read(path);
  if (text === undefined) return { error: { message: `The included file "${path}" does not exist.` } };
  if (text.length > limits.characters) return { error: { message: "The file is larger than 4 MiB.", file: path } };
  const result = readXml(text);
  if ("error" in result) return { error: { ...result.error, file: path } };
  // KIWI takes nothing from such a file, and says nothing; the language service warns.
  return result.root.name === "image" ? result : { root: { ...result.root, children: [] } };
}
