/** Grow a block up to this many characters before the next is begun: few blocks, yet cheap to append to. */
const blockLength = 64 * 1024;

/**
 * Text that only grows, kept once. One long string would be copied whole each time something is read after an append;
 * blocks are copied while they are small only.
 */
export class TextBlocks {
  readonly #blocks: string[] = [];
  readonly #starts: number[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(text: string): void {
    const last = this.#blocks.length - 1;
    const open = this.#blocks[last];
    if (open !== undefined && open.length < blockLength) this.#blocks[last] = open + text;
    else {
      this.#blocks.push(text);
      this.#starts.push(this.#length);
    }
    this.#length += text.length;
  }

  /** Characters [from, to); a piece may lie across blocks. */
  slice(from: number, to: number): string {
    let index = this.#blockAt(from);
    let result = "";
    for (let at = from; at < to && index < this.#blocks.length; index++) {
      const start = this.#starts[index] ?? 0;
      const piece = (this.#blocks[index] ?? "").slice(at - start, to - start);
      result += piece;
      at += piece.length;
    }
    return result;
  }

  /** The blocks in order: for whoever needs everything, but not as one string. */
  blocks(): readonly string[] {
    return this.#blocks;
  }

  #blockAt(position: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
