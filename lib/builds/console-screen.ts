/** Lines that are kept. */
const MOST_LINES = 5000;

/**
 * What a serial console shows, as text: lines that grow, with the control characters that shells and boot messages use.
 * Programs that draw on the whole screen need a real terminal; here their output stands line after line.
 */
export class ConsoleScreen {
  readonly lines: string[] = [""];
  #column = 0;
  #rest = "";

  /** Takes more of the output, cut anywhere. */
  feed(text: string): void {
    const all = this.#rest + text;
    this.#rest = "";
    const pattern =
      /\x1b(?:\[([0-?]*)[ -/]*([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[^[\]()])|[\x00-\x1f\x7f]|[^\x00-\x1f\x7f]+/gu;
    for (const match of all.matchAll(pattern)) {
      const [piece, options = "", command] = match;
      // A sequence that is not whole yet.
      if (piece === "\x1b" && all.length - match.index < 200) {
        this.#rest = all.slice(match.index);
        return;
      }
      if (command !== undefined) this.#command(command, Number(options.split(";")[0]) || 0);
      else if (piece.length > 1 && piece[0] === "\x1b") continue;
      else this.#put(piece);
    }
    if (this.lines.length > MOST_LINES) this.lines.splice(0, this.lines.length - MOST_LINES);
  }

  #put(piece: string): void {
    switch (piece) {
      case "\n":
        this.lines.push("");
        return;
      case "\r":
        this.#column = 0;
        return;
      case "\b":
        this.#column = Math.max(0, this.#column - 1);
        return;
      case "\t":
        this.#write(" ".repeat(8 - (this.#column % 8)));
        return;
      default:
        if (piece >= " " && piece !== "\x7f") this.#write(piece);
    }
  }

  #write(text: string): void {
    const line = this.#line.padEnd(this.#column);
    this.#line = line.slice(0, this.#column) + text + line.slice(this.#column + text.length);
    this.#column += text.length;
  }

  #command(command: string, count: number): void {
    const steps = count || 1;
    if (command === "C") this.#column += steps;
    else if (command === "D") this.#column = Math.max(0, this.#column - steps);
    else if (command === "G") this.#column = steps - 1;
    else if (command === "P") this.#line = this.#line.slice(0, this.#column) + this.#line.slice(this.#column + steps);
    else if (command === "K" && count === 0) this.#line = this.#line.slice(0, this.#column);
    else if (command === "K") this.#line = "";
    // A screen that is cleared begins anew below what was there.
    else if (command === "J" && count >= 2) this.#begin();
    else if (command === "H" && this.#line !== "") this.#begin();
  }

  #begin(): void {
    if (this.#line !== "") this.lines.push("");
    this.#column = 0;
  }

  get #line(): string {
    return this.lines.at(-1) ?? "";
  }

  set #line(text: string) {
    this.lines[this.lines.length - 1] = text;
  }
}

/** What a key sends to a serial console; null where it sends nothing. */
export function keyText({ key, ctrlKey, altKey, metaKey }: Pick<KeyPress, keyof KeyPress>): string | null {
  if (metaKey || altKey) return null;
  if (ctrlKey) return /^[a-z@[\\\]^_]$/i.test(key) ? String.fromCharCode(key.toUpperCase().charCodeAt(0) & 31) : null;
  return keys[key] ?? (key.length === 1 ? key : null);
}

interface KeyPress {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

const keys: Readonly<Record<string, string>> = {
  Enter: "\r",
  Backspace: "\x7f",
  Escape: "\x1b",
  ArrowUp: "\x1b[A",
  ArrowDown: "\x1b[B",
  ArrowRight: "\x1b[C",
  ArrowLeft: "\x1b[D",
  Home: "\x1b[H",
  End: "\x1b[F",
  Delete: "\x1b[3~",
};
