import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { LogFindings, LogQuery, LogSearchRequest } from "#lib/contracts/log.ts";
import { addTo, emptyWords, LineSet } from "#lib/kiwi/log/line-set.ts";
import { Bell } from "#server/platform/bell.ts";
import { patternOf, type SearchAnswer, type SearchReady, type SearchTask } from "./search-task.ts";
import type { StoredLog } from "./stored-log.ts";

/** Bytes of one piece, about. */
const PIECE = 1024 * 1024;
/** Pieces that a thread has at hand, so that it never waits and something else can still come between. */
const AT_HAND = 3;
/** Milliseconds of work after which a thread that gives no answer is ended, and time that one search may take in all. */
const LONGEST_PIECE = 2000;
const LONGEST = 300_000;

/** One search in one log, which goes on with the log. Its end is that of its thread. */
export class LogSearch {
  readonly #log: StoredLog;
  readonly #worker: Worker;
  readonly #bell = new Bell();
  /** Tasks that the thread has not answered, the oldest first. */
  readonly #tasks: { task: SearchTask; done: (answer: SearchAnswer | null) => void }[] = [];
  #watchdog: NodeJS.Timeout | undefined;
  #words = emptyWords(512);
  /** Lines that were handed to the thread, and lines that were searched. */
  #handed = 0;
  #searched = 0;
  #spent = 0;
  #ready = false;
  /** When the thread was last given something. */
  #begun = Date.now();
  #found: LineSet | null = null;
  problem: string | null = null;

  private constructor(log: StoredLog, query: LogQuery) {
    this.#log = log;
    this.#worker = new Worker(new URL("./search-worker.ts", import.meta.url), {
      workerData: { path: join(log.dir, "build.log"), query },
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    });
    this.#worker.unref();
    // What a thread takes to be there is not the expression's fault.
    this.#worker.on("message", (answer: SearchAnswer | SearchReady) => {
      if (answer.kind !== "ready") return this.#answered(answer);
      this.#ready = true;
      void this.#watch();
    });
    this.#worker.on("error", (error) => this.#giveUp(`The search has failed: ${error.message}`));
  }

  /** Throws SyntaxError for an expression that is none. */
  static start(log: StoredLog, query: LogQuery): LogSearch {
    patternOf(query);
    return new LogSearch(log, query);
  }

  /** Searches on for at most so many milliseconds, and says what was found. */
  async find(request: LogSearchRequest, patience: number): Promise<LogFindings> {
    const until = Date.now() + patience;
    this.#hand();
    while (this.problem === null && this.#searched < this.#log.index.lines && Date.now() < until)
      await this.#bell.wait(until - Date.now());
    const of = this.#log.index.lines;
    this.#found ??= new LineSet(this.#searched, this.#words);
    const found = this.#found;
    const before = found.rank(request.from - (request.backwards ? 0 : 1));
    const rank = request.backwards ? before - 1 : before;
    const line = found.select(rank);
    return {
      lines: found.size,
      searched: this.#searched,
      of,
      problem: this.problem,
      hit: line === undefined ? null : { line: line + 1, index: rank + 1 },
      map: found.size === 0 ? [] : mapOf(found, of, request.parts),
    };
  }

  /** Where in these texts something is found; nothing after the search was given up. */
  async marks(texts: { header: string; text: string }[]): Promise<[number, number][][]> {
    const answer = await new Promise<SearchAnswer | null>((done) => this.#post({ kind: "marks", texts }, done));
    return answer?.kind === "marks" ? answer.marks : texts.map(() => []);
  }

  close(): void {
    this.#giveUp(null);
  }

  #hand(): void {
    const { index } = this.#log;
    while (this.problem === null && this.#handed < index.lines && this.#tasks.length < AT_HAND) {
      const from = index.markBefore(this.#handed);
      const next = index.markAtByte(from.offset + PIECE);
      // A gigantic line is a piece of its own; what is behind the last mark is the last piece.
      const to = (next.index > from.index ? next : index.mark(from.index + 1)) ?? {
        offset: index.bytes,
        line: index.lines,
      };
      const last = next.index >= index.markCount - 1 && index.bytes - from.offset <= PIECE;
      const end = last ? { offset: index.bytes, line: index.lines } : to;
      this.#handed = end.line;
      this.#post({ kind: "piece", offset: from.offset, end: end.offset, line: from.line }, (answer) => {
        if (answer?.kind !== "piece") return;
        this.#note(answer.lines, end.line);
      });
    }
  }

  #note(lines: number[], searched: number): void {
    if (searched > this.#words.length * 32) {
      const larger = emptyWords(Math.max(searched, this.#words.length * 64));
      larger.set(this.#words);
      this.#words = larger;
    }
    for (const line of lines) addTo(this.#words, line);
    this.#searched = searched;
    this.#found = null;
    this.#hand();
    this.#bell.ring();
  }

  #post(task: SearchTask, done: (answer: SearchAnswer | null) => void): void {
    if (this.problem !== null) return done(null);
    this.#tasks.push({ task, done });
    this.#worker.postMessage(task);
    if (this.#tasks.length === 1 && this.#ready) void this.#watch();
  }

  /** Ends a thread that works on one task for too long; the time is its own, so a busy machine does not count. */
  async #watch(): Promise<void> {
    clearTimeout(this.#watchdog);
    const [task] = this.#tasks;
    if (task === undefined) return;
    this.#begun = Date.now();
    const before = await this.#worked();
    const look = async () => {
      if (this.#tasks[0] !== task) return;
      if ((await this.#worked()) - before < LONGEST_PIECE) {
        this.#watchdog = setTimeout(() => void look(), LONGEST_PIECE / 4);
        return;
      }
      const line = (this.#searched + 1).toLocaleString("en");
      this.#giveUp(`This expression takes too long. It was given up near line ${line}; please try a simpler one.`);
    };
    if (this.#tasks[0] === task) this.#watchdog = setTimeout(() => void look(), LONGEST_PIECE);
  }

  /** Milliseconds that the thread has worked; 0 for one that is no more. */
  async #worked(): Promise<number> {
    const used = await this.#worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
    return (used.user + used.system) / 1000;
  }

  #answered(answer: SearchAnswer): void {
    this.#spent += Date.now() - this.#begun;
    this.#tasks.shift()?.done(answer);
    if (this.#spent > LONGEST) this.#giveUp("The search took too long and was given up.");
    else void this.#watch();
  }

  #giveUp(problem: string | null): void {
    this.problem ??= problem ?? "The search was ended.";
    clearTimeout(this.#watchdog);
    for (const { done } of this.#tasks.splice(0)) done(null);
    void this.#worker.terminate();
    this.#bell.ring();
  }
}

/** A map of a log of `of` lines, though only the lines of the set were searched. */
function mapOf(found: LineSet, of: number, parts: number): number[] {
  const edge = (part: number) => found.rank(Math.min(found.length, Math.round((part * of) / parts)));
  return Array.from({ length: parts }, (_, part) => edge(part + 1) - edge(part));
}
