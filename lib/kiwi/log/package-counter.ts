/** How far the installation of packages is. */
export interface PackageProgress {
  done: number;
  total: number;
}

/** What a counter has to remember. */
export interface CounterState {
  total: number;
  halves: number;
}

const announced = /(?:^|, )(\d+) newly installed|^Packages \((\d+)\)/;
const upgraded = /^(\d+) upgraded, /;
const numbered = /^[([] *(\d+)\/(\d+)[)\]] (?:Installing|installing|Upgrading|upgrading)\b/;
const numberedAtEnd = /^ *(?:Installing|Upgrading) *: .* (\d+)\/(\d+) *$/;

/**
 * Counts packages in what package managers print while KIWI runs them, for one phase. KIWI's own bar counts only the
 * packages that the description names, so with dependencies it stands still at 0 % for minutes.
 * Made for the output of apt, dnf 4 and 5, zypper and pacman; of these only apt's was checked against real builds.
 */
export class PackageCounter {
  #total: number;
  /** Half packages: apt first unpacks each and then sets it up. */
  #halves: number;

  /** Goes on from the state of another one. */
  constructor({ total, halves }: CounterState = { total: 0, halves: 0 }) {
    this.#total = total;
    this.#halves = halves;
  }

  get state(): CounterState {
    return { total: this.#total, halves: this.#halves };
  }

  /** Reads one message of the phase. */
  read(message: string): void {
    const text = message.replace(/^(?:bootstrap|system): /, "");
    const count = numbered.exec(text) ?? numberedAtEnd.exec(text);
    if (count) {
      this.#total = Number(count[2]);
      this.#halves = 2 * Number(count[1]);
      return;
    }
    const announcement = announced.exec(text);
    if (announcement) {
      this.#total = Number(announcement[1] ?? announcement[2]) + Number(upgraded.exec(text)?.[1] ?? 0);
      this.#halves = 0;
    } else if (/^(?:Unpacking|Setting up) \S/.test(text)) this.#halves += 1;
    // KIWI unpacks the bootstrap packages of apt by itself, without a word, and says only this of each.
    else if (/^(?:Running pre\/post scripts for: |installing \S+\.\.\.$)/.test(text)) this.#halves += 2;
  }

  /** Null while the number of packages is not known. */
  get progress(): PackageProgress | null {
    if (this.#total === 0) return null;
    return { done: Math.min(this.#total, Math.floor(this.#halves / 2)), total: this.#total };
  }
}
