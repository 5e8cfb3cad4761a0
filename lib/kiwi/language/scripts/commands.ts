/** A word that stands where the shell looks for a command. */
export interface Command {
  name: string;
  start: number;
  end: number;
  /** The rest of the line behind it, without comment. */
  rest: string;
}

/**
 * The commands of a shell script, as far as they can be told from its lines: comments and here-documents are left out.
 * Meant for lints, which look for known names; it does not understand the shell.
 */
export function* commandsOf(text: string): Generator<Command> {
  let at = 0;
  let hereDocument: string | null = null;
  for (const line of text.split("\n")) {
    const start = at;
    at += line.length + 1;
    if (hereDocument !== null) {
      if (line.trim() === hereDocument) hereDocument = null;
      continue;
    }
    const code = withoutComment(line);
    hereDocument = /<<-?\s*["'\\]?([A-Za-z_]\w*)/.exec(code)?.[1] ?? null;
    for (const match of code.matchAll(
      /(^|[;&|({!]|\$\(|\b(?:then|else|do|if|elif|while|until)\s)(\s*)([A-Za-z_./][\w./-]*)/g,
    )) {
      const [whole, , , name = ""] = match;
      const end = match.index + whole.length;
      yield { name, start: start + end - name.length, end: start + end, rest: code.slice(end) };
    }
  }
}

/** A line up to its comment: a `#` at a word's beginning, outside of quotes. */
function withoutComment(line: string): string {
  let quote = "";
  for (let i = 0; i < line.length; i++) {
    const character = line[i] as string;
    if (quote !== "") {
      if (character === "\\" && quote === '"') i++;
      else if (character === quote) quote = "";
    } else if (character === "\\") i++;
    else if (character === '"' || character === "'") quote = character;
    else if (character === "#" && (i === 0 || /[\s;(]/.test(line[i - 1] as string))) return line.slice(0, i);
  }
  return line;
}
