/** How far the clones are that somebody waits for, in git's own words. */
export class Clones {
  readonly #running = new Map<string, string>();

  /** Does the work, and keeps what it tells of its progress until it is over. */
  async run<Result>(id: string, work: (onProgress: (text: string) => void) => Promise<Result>): Promise<Result> {
    this.#running.set(id, "");
    try {
      return await work((text) => this.#running.set(id, text));
    } finally {
      this.#running.delete(id);
    }
  }

  /** What a clone told last; "" where none is at work. */
  progress(id: string): string {
    return this.#running.get(id) ?? "";
  }
}
