const day = 24 * 3600;
/** A clock that goes back by more than this has passed midnight; less is a corrected clock or the end of summer time. */
const backwards = 2 * 3600;

/** KIWI's clock has no date; this counts on over midnight. Times are seconds since the midnight before the first one. */
export class LogClock {
  first: number | null;
  last: number | null;
  #days: number;

  /** Goes on where another one was. */
  constructor(first: number | null = null, last: number | null = null) {
    this.first = first;
    this.last = last;
    this.#days = Math.floor((last ?? 0) / day);
  }

  /** Takes the next record's seconds since midnight. */
  advance(clock: number): number {
    let time = this.#days * day + clock;
    if (this.last !== null && time < this.last - backwards) {
      this.#days++;
      time += day;
    }
    this.first ??= time;
    this.last = time;
    return time;
  }

  /** What `advance` would give, for a record that is not complete yet. */
  peek(clock: number): number {
    const time = this.#days * day + clock;
    return this.last !== null && time < this.last - backwards ? time + day : time;
  }
}
