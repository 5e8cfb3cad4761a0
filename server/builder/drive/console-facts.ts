import { stripAnsi } from "#lib/kiwi/log/ansi.ts";

/** Text that may belong to a line which is not whole yet. */
const LONGEST_LINE = 2000;

/** What the output of a serial console tells of how a system comes up. */
export class ConsoleFacts {
  /** Somebody could log in. */
  login = false;
  readonly failedUnits: string[] = [];
  #rest = "";

  read(text: string): void {
    const lines = (this.#rest + text).split(/[\r\n]/);
    this.#rest = (lines.pop() ?? "").slice(-LONGEST_LINE);
    for (const line of lines) this.#readLine(stripAnsi(line));
    // What is asked for stands in a line that does not end.
    if (/^(?:[\w.-]+ )?login: +$/.test(stripAnsi(this.#rest))) this.login = true;
  }

  #readLine(line: string): void {
    const unit = /\[ *FAILED *\] Failed to (?:start|mount|listen on|activate) (.+?)\.?$/.exec(line)?.[1];
    if (unit !== undefined && !this.failedUnits.includes(unit)) this.failedUnits.push(unit);
    if (/^[\w.-]+ login: /.test(line)) this.login = true;
  }
}
