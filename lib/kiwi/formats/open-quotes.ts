/** A line that opens a quote and does not close it. */
export interface OpenQuote {
  /** Where the quote stands. */
  quote: number;
  start: number;
  end: number;
}

/** The lines that begin a key or a value with a quote which they do not close: mostly what is being typed. */
export function linesWithOpenQuotes(text: string): OpenQuote[] {
  const found: OpenQuote[] = [];
  for (const match of text.matchAll(/[^\n]+/g)) {
    const [line] = match;
    const quote = openQuote(line);
    if (quote !== null) found.push({ quote: match.index + quote, start: match.index, end: match.index + line.length });
  }
  return found;
}

/** The place of the quote that is open at the end of the line. */
function openQuote(line: string): number | null {
  let open: number | null = null;
  for (let at = 0; at < line.length; at++) {
    const character = line[at];
    if (open !== null) {
      if (character === "\\" && line[open] === '"') at++;
      else if (character === line[open]) open = null;
    } else if (character === "#" && /(?:^|\s)$/.test(line.slice(0, at))) return null;
    else if ((character === '"' || character === "'") && /(?:^|[\s,:[{=(-])$/.test(line.slice(0, at))) open = at;
  }
  return open;
}

/** The text with spaces in the place of these lines, so that all offsets stay. */
export function blankLines(text: string, lines: readonly { start: number; end: number }[]): string {
  let blanked = "";
  let done = 0;
  for (const { start, end } of lines) {
    blanked += text.slice(done, start) + text.slice(start, end).replace(/[^\r]/g, " ");
    done = end;
  }
  return blanked + text.slice(done);
}
