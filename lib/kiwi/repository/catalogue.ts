import type { OfferedPackage } from "#lib/contracts/packages.ts";
import { editDistance } from "#lib/relaxng/did-you-mean.ts";
import type { ListedEntry } from "./entry.ts";

/** What one repository offers, looked up by name. */
export class Catalogue {
  readonly #offered = new Map<string, OfferedPackage>();
  readonly #provided = new Set<string>();
  #names: string[] | undefined;

  /** Takes an entry. Of several with the same name the last counts: lists name the newest last. */
  add({ name, version, installedSize, downloadSize, summary, provides }: ListedEntry): void {
    this.#offered.set(name, { name, version, installedSize, downloadSize, summary });
    for (const one of provides) if (one !== name) this.#provided.add(one);
    this.#names = undefined;
  }

  get size(): number {
    return this.#offered.size;
  }

  get(name: string): OfferedPackage | undefined {
    return this.#offered.get(name);
  }

  /** Whether a package manager that is asked for the name finds something. */
  has(name: string): boolean {
    return this.#offered.has(name) || this.#provided.has(name);
  }

  /** All names, sorted. */
  names(): readonly string[] {
    this.#names ??= [...this.#offered.keys()].sort();
    return this.#names;
  }

  /** Names that begin with a text, and then those that hold it elsewhere; sorted, at most `limit`. */
  search(text: string, limit: number): string[] {
    const wanted = text.toLowerCase();
    const [beginning, holding]: [string[], string[]] = [[], []];
    for (const name of this.names()) {
      const at = name.toLowerCase().indexOf(wanted);
      if (at === 0) beginning.push(name);
      else if (at > 0 && holding.length < limit) holding.push(name);
      if (beginning.length === limit) break;
    }
    return [...beginning, ...holding].slice(0, limit);
  }
}

/** How many names are given for one that may be meant. */
const MOST_NEAR = 3;

/** Names that someone who wrote `word` may have meant, the nearest first; none where none is near. */
export function nearNames(word: string, catalogues: readonly Catalogue[]): string[] {
  const allowed = Math.max(1, Math.min(3, Math.floor(word.length / 4)));
  const found: { name: string; distance: number }[] = [];
  for (const name of new Set(catalogues.flatMap((one) => one.names()))) {
    // "linux-image" is "linux-image-amd64", "python3" may be "python3.11".
    if (name.length > word.length && /^[-.0-9]/.test(name.slice(word.length)) && name.startsWith(word)) {
      found.push({ name, distance: allowed + name.length / 1000 });
      continue;
    }
    if (Math.abs(name.length - word.length) > allowed || !startsAlike(name, word)) continue;
    const distance = editDistance(word, name);
    if (distance <= allowed) found.push({ name, distance });
  }
  found.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return found.slice(0, MOST_NEAR).map(({ name }) => name);
}

/** Nobody mistypes both of the first two letters; most names need not be compared. */
function startsAlike(name: string, word: string): boolean {
  return name[0] === word[0] || name[1] === word[1] || (name[0] === word[1] && name[1] === word[0]);
}

/**
 * Whether a name is one that can be looked up: with a version, an architecture, a pattern, a path or a condition it means
 * something to the package manager that no list of names tells.
 */
export const isPlainName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9+._-]*$/.test(name);
