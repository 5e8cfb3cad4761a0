import type { LogFindings, LogQuery, LogSearchRequest } from "#lib/contracts/log.ts";
import { LogSearch } from "./search.ts";
import type { StoredLog } from "./stored-log.ts";

/** Searches that go on at a time; the one that was asked for longest ago makes room. */
const MOST = 3;
/** Milliseconds after which a search that nobody asks for is ended. */
const IDLE = 60_000;
/** Milliseconds that an answer is waited for; who wants all of it asks again. */
const PATIENCE = 400;

/** The searches of this builder: one for each log and query, however many look at it. */
export class LogSearches {
  readonly #searches = new Map<string, { search: LogSearch; idle: NodeJS.Timeout }>();

  async find(log: StoredLog, request: LogSearchRequest): Promise<LogFindings> {
    await log.freshen();
    const search = this.#search(log, request.query);
    if (typeof search === "string")
      return { lines: 0, searched: 0, of: log.index.lines, problem: search, hit: null, map: [] };
    return search.find(request, PATIENCE);
  }

  /** Where the query is found in lines that are about to be shown. */
  async marks(
    log: StoredLog,
    query: LogQuery,
    texts: { header: string; text: string }[],
  ): Promise<[number, number][][]> {
    const search = this.#search(log, query);
    return typeof search === "string" ? texts.map(() => []) : search.marks(texts);
  }

  close(): void {
    for (const key of [...this.#searches.keys()]) this.#end(key);
  }

  /** A sentence for an expression that is none. */
  #search(log: StoredLog, query: LogQuery): LogSearch | string {
    const key = JSON.stringify([log.dir, query.text, query.regex, query.matchCase]);
    const known = this.#searches.get(key);
    if (known !== undefined) clearTimeout(known.idle);
    let search = known?.search;
    try {
      search ??= LogSearch.start(log, query);
    } catch (error) {
      if (error instanceof SyntaxError) return error.message;
      throw error;
    }
    this.#searches.delete(key);
    this.#searches.set(key, { search, idle: setTimeout(() => this.#end(key), IDLE).unref() });
    for (const old of [...this.#searches.keys()].slice(0, -MOST)) this.#end(old);
    return search;
  }

  #end(key: string): void {
    const known = this.#searches.get(key);
    if (known === undefined) return;
    clearTimeout(known.idle);
    known.search.close();
    this.#searches.delete(key);
  }
}
