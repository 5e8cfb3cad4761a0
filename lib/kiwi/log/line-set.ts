/** Lines in one block of the rank table: 16 words of 32 bits. */
const block = 512;

/**
 * A set of lines of a log, by index from 0: one bit a line, and a table that answers at once how many there are before a
 * line, and which one is the n-th.
 */
export class LineSet {
  /** Lines of the log that the set was made for. */
  readonly length: number;
  readonly #words: Uint32Array;
  /** Lines of the set before each block. */
  readonly #ranks: Uint32Array;
  readonly size: number;

  constructor(length: number, words: Uint32Array) {
    this.length = length;
    this.#words = words;
    this.#ranks = new Uint32Array(Math.ceil(length / block) + 1);
    let count = 0;
    for (let word = 0; word < words.length; word++) {
      if (word % 16 === 0) this.#ranks[word / 16] = count;
      count += ones(words[word] ?? 0);
    }
    // Where the last block is full, the end of the log is the beginning of the next.
    this.#ranks.fill(count, Math.ceil(words.length / 16));
    this.size = count;
  }

  static of(length: number, lines: Iterable<number>): LineSet {
    const words = emptyWords(length);
    for (const line of lines) addTo(words, line);
    return new LineSet(length, words);
  }

  has(line: number): boolean {
    return (((this.#words[line >>> 5] ?? 0) >>> (line & 31)) & 1) === 1;
  }

  /** How many lines of the set are before this one. */
  rank(line: number): number {
    const end = Math.min(line, this.length);
    const first = Math.floor(end / block);
    let count = this.#ranks[first] ?? this.size;
    for (let word = first * 16; word < end >>> 5; word++) count += ones(this.#words[word] ?? 0);
    const rest = end & 31;
    return rest === 0 ? count : count + ones((this.#words[end >>> 5] ?? 0) & ((1 << rest) - 1));
  }

  /** The line with this rank; undefined where the set has not so many. */
  select(rank: number): number | undefined {
    if (rank < 0 || rank >= this.size) return undefined;
    let [low, high] = [0, Math.ceil(this.length / block) - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#ranks[middle] ?? this.size) <= rank) low = middle;
      else high = middle - 1;
    }
    let left = rank - (this.#ranks[low] ?? 0);
    for (let word = low * 16; ; word++) {
      let bits = this.#words[word] ?? 0;
      const count = ones(bits);
      if (left >= count) {
        left -= count;
        continue;
      }
      for (; left > 0; left--) bits &= bits - 1;
      return word * 32 + 31 - Math.clz32(bits & -bits);
    }
  }

  /** How many lines of the set are in each of so many equal parts of the log. */
  histogram(parts: number): number[] {
    const edge = (part: number) => this.rank(Math.round((part * this.length) / parts));
    return Array.from({ length: parts }, (_, part) => edge(part + 1) - edge(part));
  }
}

export const emptyWords = (length: number): Uint32Array => new Uint32Array(Math.ceil(length / block) * 16);

export function addTo(words: Uint32Array, line: number): void {
  words[line >>> 5] = (words[line >>> 5] ?? 0) | (1 << (line & 31));
}

/** Number of bits that are set. */
function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
