/**
 * Wakes one reader. Rings are not counted: who is woken looks into the stores and sees all there is, and who comes after
 * the ring does not wait.
 */
export class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  readonly ring = (): void => {
    this.#rung = true;
    this.#wake?.();
  };

  /** Resolves at once if it has rung since the last call, otherwise with the next ring. False: the time is over. */
  async wait(milliseconds: number): Promise<boolean> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    const rung = this.#rung;
    this.#wake = undefined;
    this.#rung = false;
    return rung;
  }
}
