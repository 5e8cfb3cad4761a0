import { elementsOf, type XmlNode } from "#lib/xml/tree.ts";
import type { FoldingRange } from "./contract.ts";
import type { SourceDocument } from "./source-document.ts";

/**
 * What can be folded away: elements up to the line before their end tag, start tags over several lines, comments and
 * CDATA sections. Lines count from 1.
 */
export function foldingRanges(document: SourceDocument): FoldingRange[] {
  if (document.format === "toml") return tables(document);
  // In the others indentation says all.
  if (document.format !== "xml") return [];
  const { lines } = document;
  const line = (offset: number) => lines.position(offset).line;
  const ranges: FoldingRange[] = [];
  const add = (start: number, end: number, comment = false) => {
    if (end > start) ranges.push({ start, end, ...(comment && { comment }) });
  };
  const addOthers = (nodes: readonly XmlNode[]) => {
    for (const node of nodes) {
      if (node.kind === "comment") add(line(node.start), line(node.end - 1), true);
      else if (node.kind === "cdata" || node.kind === "doctype") add(line(node.start), line(node.end - 1));
    }
  };

  addOthers(document.children);
  for (const element of elementsOf(document.children)) {
    addOthers(element.children);
    const [first, openEnd, last] = [line(element.start), line(element.openEnd - 1), line(element.end - 1)];
    // The end tag stays in sight, so that a folded element reads as one.
    const end = element.form === "closed" ? last - Number(line(element.closeStart) > openEnd) : last;
    if (openEnd === first) add(first, end);
    else {
      // The attributes fold alone where there is something else to fold below them.
      add(first, Math.max(openEnd, end));
      if (element.children.length > 0) add(first + 1, openEnd);
    }
  }
  return ranges;
}

/** The tables of TOML, each up to the next one. */
function tables({ text }: SourceDocument): FoldingRange[] {
  const heads: number[] = [];
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) if (/^\s*\[\[?[^[\],=]+\]\]?\s*(?:#.*)?$/.test(line)) heads.push(index);
  return heads.flatMap((head, index) => {
    let last = (heads[index + 1] ?? lines.length) - 1;
    // Comments and empty lines before a table belong to it.
    while (last > head && /^\s*(?:#.*)?$/.test(lines[last] ?? "")) last--;
    return last > head ? [{ start: head + 1, end: last + 1 }] : [];
  });
}
