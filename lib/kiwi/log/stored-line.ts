import { stripAnsi } from "./ansi.ts";
import { readSegment, type Segment } from "./segment.ts";

/** A line of the stored log, as a terminal would leave it on its screen. */
export interface StoredLine extends Pick<Segment, "kind" | "level" | "clock" | "progress"> {
  /** What stands before the message: the record's header. */
  header: string;
  /** The message, with the colour codes of a terminal. */
  text: string;
}

/**
 * Reads a stored line, without its line feed. What a carriage return lets a terminal overwrite is left out; a record is
 * never overwritten.
 */
export function readStoredLine(raw: string): StoredLine {
  const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
  if (!line.includes("\r")) return shown(line, readSegment(line));
  let progress: number | null = null;
  const visible: StoredLine[] = [];
  for (const piece of line.split("\r")) {
    if (piece.trim() === "") continue;
    const segment = readSegment(piece);
    progress = segment.progress ?? progress;
    const last = visible.at(-1);
    if (last?.kind === "progress" || (last?.kind === "continuation" && segment.level === null)) visible.pop();
    visible.push(shown(piece, segment));
  }
  const main = visible.find(({ level }) => level !== null) ?? visible.at(-1);
  if (main === undefined) return shown("", readSegment(""));
  return { ...main, progress, text: visible.map(({ text }) => text).join(" ␍ ") };
}

function shown(line: string, segment: Segment): StoredLine {
  const { kind, level, clock, progress, messageStart } = segment;
  const header = stripAnsi(line.slice(0, messageStart));
  return { kind, level, clock, progress, header, text: kind === "progress" ? "" : line.slice(messageStart) };
}
