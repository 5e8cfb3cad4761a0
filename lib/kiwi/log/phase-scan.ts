import { stripAnsi } from "./ansi.ts";
import { phaseOf } from "./phases.ts";
import { readSegment } from "./segment.ts";

/** Characters of a line that is not yet over; what is longer begins no phase. */
const LONGEST = 4096;

/** The phases that a log begins, read while it grows: those of `KiwiLog`, without keeping the log. */
export class PhaseScan {
  #tail = "";
  #current = "";

  /** Takes the next piece of the log, and gives the phases that begin in it. */
  append(text: string): { id: string; label: string }[] {
    const lines = (this.#tail + text).split(/\r\n|\r(?!$)|\n/);
    this.#tail = (lines.pop() ?? "").slice(-LONGEST);
    return lines.flatMap((line) => {
      const segment = readSegment(line);
      const phase = segment.level === "INFO" ? phaseOf(stripAnsi(line.slice(segment.messageStart))) : null;
      const name = `${phase?.id} ${phase?.label}`;
      if (phase === null || name === this.#current) return [];
      this.#current = name;
      return [phase];
    });
  }
}
