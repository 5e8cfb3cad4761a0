import { childElements, type XmlElement, type XmlNode } from "../tree.ts";

/** A parsed text, as far as edits need to know it. */
export interface EditedSource {
  readonly text: string;
  readonly root: XmlElement | null;
}

/** The line end that a text uses. */
export function lineEndOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
}

/** The blanks between the start of the line and `at`; null where something else stands before `at`. */
export function ownIndent(text: string, at: number): string | null {
  const before = text.slice(lineStart(text, at), at);
  return /^[ \t\uFEFF]*$/.test(before) ? before.replace("\uFEFF", "") : null;
}

/** The blanks at the start of the line that holds `at`. */
export function lineIndent(text: string, at: number): string {
  const start = lineStart(text, at);
  return /^[ \t]*/.exec(text.slice(start, at))?.[0] ?? "";
}

export function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && text[start - 1] !== "\n" && text[start - 1] !== "\r") start--;
  return start;
}

/** Where the blanks that end at `at` begin, line ends excluded. */
export function blankStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && /[ \t]/.test(text[start - 1] as string)) start--;
  return start;
}

/** The end of the line's blanks after `at`, with the line end behind them; null where something else stands there. */
export function restOfLine(text: string, at: number): number | null {
  const match = /[ \t]*(?:\r\n|\n|\r|$)/y;
  match.lastIndex = at;
  return match.test(text) ? match.lastIndex : null;
}

/** By what the text indents one level deeper: seen at the root's first child that begins its line. */
export function indentUnit({ text, root }: EditedSource): string {
  for (let parent = root; parent !== null; parent = childElements(parent)[0] ?? null) {
    for (const child of childElements(parent)) {
      const [outer, inner] = [lineIndent(text, parent.start), ownIndent(text, child.start)];
      if (inner !== null && inner.length > outer.length && inner.startsWith(outer)) return inner.slice(outer.length);
    }
  }
  return "  ";
}

/** The indentation of a parent's children, as those that are there have it. */
export function childIndent(source: EditedSource, parent: XmlElement): string {
  for (const child of parent.children) {
    const indent = child.kind === "text" ? null : ownIndent(source.text, child.start);
    if (indent !== null) return indent;
  }
  return lineIndent(source.text, parent.start) + indentUnit(source);
}

/** Whether the parent's children stand beside one another in its own line. */
export function isInline({ text }: EditedSource, parent: XmlElement): boolean {
  const children = childElements(parent);
  return children.length > 0 && children.every((child) => ownIndent(text, child.start) === null);
}

/** The end of the comments that follow `at` in its line: they speak of what stands before them. */
export function withRemarks(text: string, siblings: readonly XmlNode[], at: number): number {
  let end = at;
  for (const node of siblings) {
    if (node.start < end) continue;
    if (node.kind === "comment") {
      // Only a comment that ends its line is a remark; others belong to what follows them.
      if (restOfLine(text, node.end) === null) return at;
      return node.end;
    }
    if (node.kind !== "text" || !/^[ \t]+$/.test(text.slice(node.start, node.end))) break;
    end = node.end;
  }
  return at;
}

/** The range of an element with the comments that speak of it: those in the lines right before it, and behind it in its own. */
export function withComments(text: string, element: XmlElement): { start: number; end: number } {
  const siblings = element.parent?.children ?? [];
  let start = element.start;
  for (let at = siblings.indexOf(element) - 1; at > 0; at -= 2) {
    const [comment, gap] = [siblings[at - 1], siblings[at]];
    if (comment?.kind !== "comment" || gap?.kind !== "text" || ownIndent(text, comment.start) === null) break;
    if (!/^[ \t]*(?:\r\n|\n|\r)[ \t]*$/.test(text.slice(gap.start, gap.end))) break;
    start = comment.start;
  }
  return { start, end: withRemarks(text, siblings, element.end) };
}
