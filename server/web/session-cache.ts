import {
  type Database,
  DatabaseError,
  endSession,
  findSession,
  isConnectionError,
  type Session,
} from "#server/db/index.ts";

/** How long an answer counts without asking the database again, in milliseconds. */
const FRESH = 5_000;
/** How long an older answer is good enough while the database is away. */
const USABLE = 10 * 60_000;
const CAPACITY = 1_000;

/**
 * Who is behind a cookie. Remembers those it knows for some seconds, and while the database is away for some minutes:
 * a restart of the database logs nobody out. Never remembers a "no".
 */
export class SessionCache {
  readonly #database: () => Promise<Database>;
  readonly #known = new Map<string, { session: Session; at: number }>();

  constructor(database: () => Promise<Database>) {
    this.#database = database;
  }

  async find(value: string): Promise<Session | null> {
    const known = this.#known.get(value);
    const age = known ? Date.now() - known.at : Number.POSITIVE_INFINITY;
    if (known && age < FRESH) return known.session;
    try {
      const session = await findSession(await this.#database(), value);
      this.#known.delete(value);
      if (session) this.#remember(value, session);
      return session;
    } catch (error) {
      const away = error instanceof DatabaseError || isConnectionError(error);
      if (away && known && age < USABLE) return known.session;
      throw error;
    }
  }

  async end(value: string): Promise<void> {
    this.#known.delete(value);
    await endSession(await this.#database(), value);
  }

  #remember(value: string, session: Session): void {
    const [oldest] = this.#known.keys();
    if (this.#known.size >= CAPACITY && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(value, { session, at: Date.now() });
  }
}
