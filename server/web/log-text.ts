const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** The longest piece without a line end that is held back, in bytes. */
const LONGEST = 256 * 1024;

/** Cuts a stream of log bytes at line ends, so that every piece is whole lines and whole characters. */
export class LogText {
  #held: Buffer = Buffer.alloc(0);
  #offset: number;

  /** `offset` is the place of the first byte in the stored log. */
  constructor(offset: number) {
    this.#offset = offset;
  }

  /** Takes the next bytes and gives what can be shown of them. */
  push(bytes: Uint8Array): LogPiece | null {
    this.#held = this.#held.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#held, bytes]);
    const cut = lastLineEnd(this.#held);
    if (cut > 0) return this.#take(cut);
    return this.#held.length > LONGEST ? this.#take(lastCharacterEnd(this.#held)) : null;
  }

  /** The rest, when the log is complete. */
  finish(): LogPiece | null {
    return this.#held.length === 0 ? null : this.#take(this.#held.length);
  }

  #take(length: number): LogPiece {
    const offset = this.#offset;
    const text = this.#held.toString("utf8", 0, length);
    this.#held = this.#held.subarray(length);
    this.#offset += length;
    return { offset, end: this.#offset, text };
  }
}

/** Bytes [offset, end) of a log. */
export interface LogPiece {
  offset: number;
  end: number;
  text: string;
}

/**
 * Where the last line ends. KIWI's progress bar ends its lines with a bare carriage return; one at the very end may
 * still become part of CR LF.
 */
function lastLineEnd(bytes: Buffer): number {
  const feed = bytes.lastIndexOf(LINE_FEED) + 1;
  const carriage = bytes.lastIndexOf(CARRIAGE_RETURN, bytes.length - 2) + 1;
  return Math.max(feed, bytes.length > 1 ? carriage : 0);
}

/** The end of the last whole UTF-8 character. */
function lastCharacterEnd(bytes: Buffer): number {
  let start = bytes.length - 1;
  while (start > bytes.length - 4 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--;
  return ((bytes[start] ?? 0) & 0xc0) === 0xc0 ? start : bytes.length;
}
