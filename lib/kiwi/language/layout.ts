import { attributeOf, childElements, type XmlElement } from "#lib/xml/tree.ts";
import type { SourceDocument } from "./source-document.ts";

/** What the file ends its lines with; the more frequent one where it mixes them. */
export function lineEnd(text: string): "\n" | "\r\n" {
  const all = text.match(/\n/g)?.length ?? 0;
  const windows = text.match(/\r\n/g)?.length ?? 0;
  return windows * 2 > all ? "\r\n" : "\n";
}

/** What most elements are indented by below their parent, or null where the file does not tell. */
export function indentUnit({ text, children }: SourceDocument): string | null {
  const counts = new Map<string, number>();
  const pending = childElements({ children });
  for (let parent = pending.pop(); parent !== undefined; parent = pending.pop()) {
    // What is never laid out is no example.
    if (!isLaidOut(text, parent)) continue;
    const outer = indentAt(text, parent.start);
    for (const element of childElements(parent)) {
      pending.push(element);
      const own = indentAt(text, element.start);
      if (own === null || outer === null || own.length <= outer.length || !own.startsWith(outer)) continue;
      const unit = own.slice(outer.length);
      if (unit.length <= 8) counts.set(unit, (counts.get(unit) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/**
 * Whether the blanks between an element's children mean nothing. They do mean something beside text, where they are all
 * that it holds, and where it says so. References are never blanks.
 */
export function isLaidOut(text: string, element: XmlElement): boolean {
  if (attributeOf(element, "xml:space")?.value === "preserve") return false;
  let hasNode = false;
  for (const { kind, start, end } of element.children) {
    if (kind === "cdata" || kind === "stray-end-tag") return false;
    if (kind !== "text") hasNode = true;
    else if (/[^ \t\r\n]/.test(text.slice(start, end))) return false;
  }
  return hasNode;
}

/** The blanks before an offset if nothing else stands before it in its line. */
function indentAt(text: string, offset: number): string | null {
  const start = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  const before = text.slice(start, offset);
  return /^[ \t]*$/.test(before) ? before : null;
}
