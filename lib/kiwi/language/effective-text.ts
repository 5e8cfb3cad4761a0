import type { Described } from "#lib/kiwi/description/selection.ts";
import { lineIndex, type Position } from "#lib/xml/positions.ts";
import { elementsOf, type XmlAttribute, type XmlElement } from "#lib/xml/tree.ts";
import { type Composition, includedPath, includesOf } from "./includes.ts";
import type { SourceDocument } from "./source-document.ts";

/** A part of the text that reads otherwise than in the source. */
interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Where a stretch of the effective text comes from; it is as long as there, or stands for something at its start. */
interface Piece {
  at: number;
  document: SourceDocument;
  start: number;
  end: number;
}

/** A range of the effective text as an editor counts it. */
export interface PlaceRange {
  start: Position;
  end: Position;
}

/** One text made of a description and its fragments, in which each place knows where it is written. */
export interface EffectiveText {
  text: string;
  /** Of each line: the file it is written in, and its line there, both as they are before any upgrade. */
  lines: readonly { file: string; line: number }[];
  /** What reads otherwise than it is written, with what is written. */
  changes: readonly (PlaceRange & { written: string })[];
  /** Where something of a source stands in the text; null where it does not stand there. */
  rangeOf(document: SourceDocument, start: number, end: number): PlaceRange | null;
}

/** Writes a description out with its fragments in the place of its includes, as `described` shows it. */
export function effectiveText(composition: Composition, described: Described): EffectiveText {
  const { main } = composition;
  const pieces: Piece[] = [];
  const changes: { start: number; end: number; written: string }[] = [];
  let text = "";

  const add = (document: SourceDocument, start: number, end: number, written: string) => {
    pieces.push({ at: text.length, document, start, end });
    text += written;
  };
  const copy = (document: SourceDocument, edits: readonly Edit[], from: number, to: number) => {
    let at = from;
    for (const edit of edits) {
      if (edit.start < at || edit.end > to) continue;
      add(document, at, edit.start, document.text.slice(at, edit.start));
      const start = text.length;
      add(document, edit.start, edit.start, edit.text);
      changes.push({ start, end: text.length, written: document.text.slice(edit.start, edit.end).trim() });
      at = edit.end;
    }
    add(document, at, to, document.text.slice(at, to));
  };

  const editsOf = new Map([main, ...composition.fragments].map((document) => [document, edits(document, described)]));
  const fragments = new Map(composition.fragments.map((document) => [document.path, document]));
  let at = 0;
  for (const include of includesOf(main)) {
    const path = includedPath(include, main.path);
    const fragment = path === null ? undefined : fragments.get(path);
    if (fragment?.root?.form !== "closed" || fragment.root.local !== "image") continue;
    copy(main, editsOf.get(main) ?? [], at, include.start);
    add(main, include.start, include.start, `<!-- ${fragment.path.replaceAll("--", "- -")} -->`);
    const inner = innerOf(fragment, fragment.root);
    if (inner.start < inner.end) {
      add(main, include.start, include.start, "\n");
      copy(fragment, editsOf.get(fragment) ?? [], inner.start, inner.end);
    }
    at = include.end;
  }
  copy(main, editsOf.get(main) ?? [], at, main.text.length);

  const index = lineIndex(text);
  const rangeAt = (start: number, end: number) => ({ start: index.position(start), end: index.position(end) });
  return {
    text,
    lines: linesOf(text, pieces),
    changes: changes.map(({ start, end, written }) => ({ ...rangeAt(start, end), written })),
    rangeOf(document, start, end) {
      const from = pieces.findLast((one) => one.document === document && one.start <= start && start <= one.end);
      const to = pieces.find((one) => one.document === document && one.start <= end && end <= one.end);
      if (from === undefined || to === undefined) return null;
      return rangeAt(from.at + start - from.start, to.at + end - to.start);
    },
  };
}

/** What a fragment brings, in whole lines where it can be. */
function innerOf({ text }: SourceDocument, { openEnd, closeStart }: XmlElement): { start: number; end: number } {
  const inner = text.slice(openEnd, closeStart);
  const blank = /^[ \t]*\r?\n/.exec(inner)?.[0].length ?? 0;
  return { start: openEnd + blank, end: Math.max(openEnd + blank, openEnd + inner.trimEnd().length) };
}

/** What the upgrade makes read otherwise in one file, in the order of its text. */
function edits(document: SourceDocument, { root, view }: Described): Edit[] {
  const found: Edit[] = [];
  if (document.format !== "xml") return found;
  for (const element of elementsOf(document.children)) {
    // A fragment's own `<image>` is not part of the description.
    if (element.parent === null && element !== root) continue;
    const shown = view.attributes(element);
    if (shown !== element.attributes) {
      for (const attribute of element.attributes) {
        const edit = attributeEdit(document.text, attribute, shown);
        if (edit !== null) found.push(edit);
      }
    }
    if (element.parent === null) continue;
    for (const [i, child] of view.children(element).entries()) {
      const written = element.children[i];
      if (child !== written && child.kind === "text" && written?.kind === "text" && child.value !== written.value)
        found.push({ start: child.start, end: child.end, text: escaped(child.value) });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function attributeEdit(text: string, written: XmlAttribute, shown: readonly XmlAttribute[]): Edit | null {
  const now = shown.filter((one) => one.start === written.start);
  if (now.length === 1 && now[0]?.name === written.name && now[0].value === written.value) return null;
  const start = now.length > 0 ? written.start : text.slice(0, written.start).trimEnd().length;
  return { start, end: written.end, text: now.map((one) => `${one.name}="${escaped(one.value)}"`).join(" ") };
}

function escaped(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

function linesOf(text: string, pieces: readonly Piece[]): { file: string; line: number }[] {
  const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((match) => match.index + match[0].length)];
  let next = 0;
  return starts.map((start) => {
    while (next + 1 < pieces.length && (pieces[next + 1] as Piece).at <= start) next++;
    const piece = pieces[next];
    if (piece === undefined) return { file: "", line: 1 };
    const { document } = piece;
    const offset = Math.min(piece.start + start - piece.at, piece.end);
    return { file: document.path, line: document.lines.position(offset).line };
  });
}
