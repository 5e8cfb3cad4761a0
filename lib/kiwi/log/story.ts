import type { LogPhase } from "./log-parts.ts";
import { type CounterState, PackageCounter, type PackageProgress } from "./package-counter.ts";
import { phaseOf } from "./phases.ts";
import type { LogLevel } from "./segment.ts";

/** Phases in which a package manager installs. */
const packagePhases: ReadonlySet<string> = new Set(["bootstrap", "system", "update"]);

/** More phases than this no build has; a script that prints KIWI's sentences cannot make the list grow for ever. */
const mostPhases = 1000;

/** Where KIWI gave up: its line and phase, as they are counted in the log; `text` is the first line. */
interface ErrorPlace {
  line: number;
  phase: number | null;
  text: string;
}

/** All that a story has to remember. */
export interface StoryState {
  phases: LogPhase[];
  progress: number | null;
  packages: CounterState | null;
  error: ErrorPlace | null;
}

/** What KIWI tells of a build while it goes on: phases, how far the current one is, and the error that ends it. */
export class LogStory {
  /** Percent of the bar of the current phase; null where it has shown none. */
  progress: number | null;
  readonly #phases: LogPhase[];
  #error: ErrorPlace | null;
  /** There while a phase installs packages. */
  #packages: PackageCounter | null;

  /** Goes on where another one was. */
  constructor(state: StoryState = { phases: [], progress: null, packages: null, error: null }) {
    this.#phases = state.phases;
    this.#error = state.error;
    this.progress = state.progress;
    this.#packages = state.packages && new PackageCounter(state.packages);
  }

  get phases(): readonly LogPhase[] {
    return this.#phases;
  }

  /** How many packages the current phase has installed; null where it installs none or has not said how many. */
  get packages(): PackageProgress | null {
    return this.#packages?.progress ?? null;
  }

  get error(): Readonly<ErrorPlace> | null {
    return this.#error;
  }

  /** Lines that are no records count as well. */
  get counting(): boolean {
    return this.#packages !== null;
  }

  get state(): StoryState {
    const { progress } = this;
    return { phases: this.#phases, progress, packages: this.#packages?.state ?? null, error: this.#error };
  }

  /** Reads a message without control codes; `level` is null for one that is no record. Tells whether a phase begins. */
  read(level: LogLevel | null, message: string, line: number, time: number | null): boolean {
    this.#packages?.read(message);
    if (level === "ERROR" || level === "CRITICAL") this.#readError(message, line);
    if (level !== "INFO") return false;
    const current = this.#phases.at(-1);
    const phase = phaseOf(message);
    if (!phase || (current?.id === phase.id && current.label === phase.label)) return false;
    if (this.#phases.length >= mostPhases) return false;
    const start = time ?? 0;
    if (current) current.end = start;
    this.#phases.push({ ...phase, line, start, end: null, failed: false });
    this.progress = null;
    this.#packages = packagePhases.has(phase.id) ? new PackageCounter() : null;
    return true;
  }

  /** The last phase has ended. */
  finish(time: number | null): void {
    const last = this.#phases.at(-1);
    if (last) last.end = time;
  }

  /** KIWI's named exception is the reason; whatever the cleaning up says afterwards is not. */
  #readError(text: string, line: number): void {
    if (!/^Kiwi\w+: /.test(text) && this.#error !== null && /^Kiwi\w+: /.test(this.#error.text)) return;
    const current = this.#phases.at(-1);
    this.#error = { line, phase: current ? this.#phases.length - 1 : null, text };
    if (current) current.failed = true;
  }
}
