/** Pixels of a row that is not wrapped; the stylesheet has the same. */
export const rowHeight = 20;
/** Browsers draw no element that is much higher than 16 million pixels. */
const highest = 8_000_000;

/**
 * Where a reader is in a list of any number of rows. The scroll bar of the browser moves over a box that is as high as
 * the list, or as high as a box can be; then a step of the wheel moves by pixels all the same, and a pull at the bar
 * leads to the same part of the list. Rows may have heights of their own.
 */
export class ScrollModel {
  rows = 0;
  /** Pixels that are seen at once. */
  viewport = 0;
  /** Rows may be higher than one line. */
  wrapped = false;
  /** The first row that is seen, and how many of its pixels are above the edge. */
  top = { row: 0, offset: 0 };
  /** The end of the list is at the lower edge, and stays there when rows come. */
  atEnd = true;
  /** Position of the browser's scroll bar. */
  #bar = 0;
  /** A row that was brought into view, and has to stay there whatever its surroundings do; null once the reader scrolls. */
  #kept: number | null = null;
  readonly #heights = new Map<number, number>();

  /** Height of the box. */
  get height(): number {
    return Math.min(this.rows * rowHeight, highest);
  }

  /** A pixel of the box is a pixel of the list. */
  get exact(): boolean {
    return !this.wrapped && this.rows * rowHeight <= highest;
  }

  /** Rows that fit. */
  get visible(): number {
    return Math.ceil(this.viewport / rowHeight) + 1;
  }

  /** The rows to draw. */
  get range(): [from: number, to: number] {
    const from = this.atEnd ? Math.max(0, this.rows - this.visible) : Math.max(0, this.top.row);
    return [from, Math.min(this.rows, from + this.visible)];
  }

  /** Where the scroll bar should stand. */
  get bar(): number {
    const most = Math.max(0, this.height - this.viewport);
    if (this.atEnd) return most;
    const row = this.top.row + this.top.offset / this.#heightOf(this.top.row);
    return this.exact ? row * rowHeight : (row / Math.max(1, this.rows - this.visible + 1)) * most;
  }

  /** The scroll bar was set there by us. */
  settled(bar: number): void {
    this.#bar = bar;
  }

  /** The reader has moved the scroll bar. */
  scrolled(bar: number): void {
    const by = bar - this.#bar;
    this.#bar = bar;
    if (by === 0) return;
    this.#kept = null;
    const most = this.height - this.viewport;
    if (bar >= most - 1) {
      this.toEnd();
      return;
    }
    const from = this.atEnd ? { row: Math.max(0, this.rows - this.visible + 1), offset: 0 } : this.top;
    this.atEnd = false;
    if (bar <= 0) this.top = { row: 0, offset: 0 };
    else if (this.exact) this.top = { row: Math.floor(bar / rowHeight), offset: bar % rowHeight };
    else if (Math.abs(by) <= 2 * this.viewport) this.top = this.#moved(from, by);
    else this.top = { row: Math.floor((bar / most) * (this.rows - this.visible + 1)), offset: 0 };
  }

  /** Brings a row into the middle, unless it is in view. */
  reveal(row: number): void {
    this.#kept = row;
    const [from, to] = this.range;
    const margin = Math.min(3, Math.floor(this.visible / 4));
    if (row >= from + margin && row < to - margin - 1 && (!this.wrapped || row < from + this.visible / 4)) {
      if (this.atEnd) this.top = { row: Math.max(0, this.rows - this.visible + 1), offset: 0 };
      this.atEnd = false;
      return;
    }
    this.atEnd = false;
    this.top = {
      row: Math.max(0, Math.min(row - Math.floor(this.visible / 2), this.rows - this.visible + 1)),
      offset: 0,
    };
  }

  /** The box has another height. */
  resized(viewport: number): void {
    this.viewport = viewport;
    if (this.#kept !== null && !this.atEnd) this.reveal(this.#kept);
  }

  toEnd(): void {
    this.#kept = null;
    this.atEnd = true;
  }

  /** What a drawn row has taken. */
  measured(row: number, height: number): void {
    this.#heights.set(row, height);
  }

  /** Rows have other heights, or are others. */
  forget(): void {
    this.#heights.clear();
  }

  #heightOf(row: number): number {
    return (this.wrapped ? this.#heights.get(row) : undefined) ?? rowHeight;
  }

  #moved({ row, offset }: { row: number; offset: number }, by: number): { row: number; offset: number } {
    let [first, above] = [row, offset + by];
    while (above < 0 && first > 0) above += this.#heightOf(--first);
    while (above >= this.#heightOf(first) && first < this.rows - 1) above -= this.#heightOf(first++);
    return { row: first, offset: Math.max(0, above) };
  }
}
