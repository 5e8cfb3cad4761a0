import type {
  OfferedPackage,
  PackageEstimate,
  PackageKnowledge,
  PackageRepository,
  PackageWish,
  RepositoryState,
} from "#lib/contracts/packages.ts";
import { type Catalogue, isPlainName, nearNames } from "#lib/kiwi/repository/catalogue.ts";
import { AptSolver } from "./apt-solver.ts";
import { type FetchedList, fetchLists, type ListStore, RepositoryProblem, trimLists } from "./fetch-lists.ts";
import { readCatalogue } from "./read-catalogue.ts";

/** Milliseconds for which an answer of a repository counts, and for which one that did not answer is let alone. */
const FRESH = 600_000;
const LET_ALONE = 120_000;
/** Packages in memory; a large distribution has some 60,000. */
const MOST_PACKAGES = 600_000;
/** Answers of apt that are remembered. */
const MOST_SOLVED = 50;
/** So many names get others that may be meant: each is compared with all that there are. */
const MOST_GUESSES = 40;

/** Architectures that run on others as well. */
const ALSO: Readonly<Record<string, readonly string[]>> = { x86_64: ["i686", "i586", "i386"], aarch64: ["armv7hl"] };

type Read = { catalogue: Catalogue | null; problem: string | null; until: number; lists: readonly FetchedList[] };

/** What repositories offer, as far as it has been asked for. */
export class Catalogues {
  readonly #store: ListStore;
  readonly #apt: AptSolver;
  readonly #architectures: ReadonlySet<string>;
  /** By repository; the ones used last stand last. */
  readonly #read = new Map<string, { reading: Promise<Read>; read: Read | null }>();
  /** What apt found out, the newest last. */
  readonly #solved = new Map<string, Promise<string[]>>();

  constructor(store: ListStore) {
    const { architecture } = store;
    this.#store = store;
    this.#apt = new AptSolver(store);
    this.#architectures = new Set(["noarch", architecture, ...(ALSO[architecture] ?? [])]);
  }

  /** What is known of names; only of plain ones it can be said that there are none. */
  async lookUp(repositories: readonly PackageRepository[], names: readonly string[]): Promise<PackageKnowledge> {
    const { states, catalogues, complete } = await this.#open(repositories);
    const offered: Record<string, OfferedPackage> = {};
    const missing: string[] = [];
    for (const name of new Set(names)) {
      const found = catalogues.findLast((one) => one.get(name))?.get(name);
      if (found !== undefined) offered[name] = found;
      else if (isPlainName(name) && !catalogues.some((one) => one.has(name))) missing.push(name);
    }
    const unknown = missing.map((name, at) => [name, at < MOST_GUESSES ? nearNames(name, catalogues) : []] as const);
    return { repositories: states, offered, unknown: complete ? Object.fromEntries(unknown) : {} };
  }

  /** Packages whose names begin with a text, then those that hold it. */
  async search(repositories: readonly PackageRepository[], text: string, limit: number): Promise<OfferedPackage[]> {
    const { catalogues } = await this.#open(repositories);
    const names = new Set(catalogues.flatMap((one) => one.search(text, limit)));
    const begins = (name: string) => Number(!name.toLowerCase().startsWith(text.toLowerCase()));
    return [...names]
      .sort((a, b) => begins(a) - begins(b) || (a < b ? -1 : 1))
      .slice(0, limit)
      .flatMap((name) => catalogues.findLast((one) => one.get(name))?.get(name) ?? []);
  }

  /** What would be installed for a wish, and how large that is. */
  async estimate({ repositories, names, recommended }: PackageWish): Promise<PackageEstimate> {
    if (repositories.some(({ type }) => type !== "apt-deb")) return { problem: "Only what apt installs is estimated." };
    const { states, catalogues, complete, lists } = await this.#open(repositories);
    const unread = states.find(({ problem }) => problem !== null);
    if (!complete) return { problem: unread?.problem ?? "The description names no repository." };
    const unknown = names.filter((name) => isPlainName(name) && !catalogues.some((one) => one.has(name)));
    const wanted = names.filter((name) => !unknown.includes(name));
    const key = JSON.stringify([lists, wanted, recommended]);
    const solved = this.#solved.get(key) ?? this.#apt.solve(lists, wanted, recommended);
    this.#solved.delete(key);
    this.#solved.set(key, solved);
    const [oldest = ""] = this.#solved.keys();
    if (this.#solved.size > MOST_SOLVED) this.#solved.delete(oldest);
    try {
      const packages = (await solved).map((name) => {
        const { version = "", installedSize = null } = catalogues.findLast((one) => one.get(name))?.get(name) ?? {};
        return { name, version, installedSize };
      });
      return { packages, unknown };
    } catch (error) {
      // The next one to ask may have more luck.
      this.#solved.delete(key);
      if (error instanceof RepositoryProblem) return { problem: error.message };
      throw error;
    }
  }

  async #open(repositories: readonly PackageRepository[]) {
    const all = await Promise.all(repositories.map((one) => this.#of(one)));
    this.#trim(all);
    const states = repositories.map(({ source }, at): RepositoryState => {
      const { catalogue = null, problem = null } = all[at] ?? {};
      return { source, packages: catalogue?.size ?? null, problem };
    });
    const catalogues = all.flatMap(({ catalogue }) => catalogue ?? []);
    const complete = catalogues.length === repositories.length && repositories.length > 0;
    return { states, catalogues, complete, lists: all.flatMap(({ lists }) => lists) };
  }

  #of(repository: PackageRepository): Promise<Read> {
    const key = JSON.stringify(repository);
    const reading = this.#freshen(repository, this.#read.get(key)?.reading);
    const kept: { reading: Promise<Read>; read: Read | null } = { reading, read: null };
    this.#read.delete(key);
    this.#read.set(key, kept);
    return reading.then((read) => {
      kept.read = read;
      return read;
    });
  }

  async #freshen(repository: PackageRepository, known: Promise<Read> | undefined): Promise<Read> {
    const before = await known?.catch(() => undefined);
    if (before !== undefined && before.until > Date.now()) return before;
    const { type } = repository;
    try {
      if (type === null) throw new RepositoryProblem("Repositories of this kind are not read.");
      const lists = await fetchLists(repository, this.#store);
      const isSame = before?.catalogue && JSON.stringify(before.lists) === JSON.stringify(lists);
      const catalogue = isSame ? before.catalogue : await readCatalogue(type, lists, this.#architectures);
      await trimLists(this.#store.folder, this.#store.limit);
      return { catalogue, problem: null, until: Date.now() + FRESH, lists };
    } catch (error) {
      if (!(error instanceof RepositoryProblem)) throw error;
      return { catalogue: null, problem: error.message, until: Date.now() + LET_ALONE, lists: [] };
    }
  }

  /** Forgets what was asked for longest ago, until the rest is within the limit; what is in use now stays. */
  #trim(inUse: readonly Read[]): void {
    let packages = inUse.reduce((sum, { catalogue }) => sum + (catalogue?.size ?? 0), 0);
    for (const [key, { read }] of [...this.#read].reverse()) {
      if (read === null || inUse.includes(read)) continue;
      packages += read.catalogue?.size ?? 0;
      if (packages > MOST_PACKAGES) this.#read.delete(key);
    }
  }
}
