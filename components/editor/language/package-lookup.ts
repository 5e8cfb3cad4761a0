import type { IDisposable } from "monaco-editor/editor";
import type { OfferedPackage, PackageKnowledge, PackageRepository, RepositoryState } from "#lib/contracts/packages.ts";
import type { NamedPackages } from "#lib/kiwi/language/index.ts";
import { Store } from "../session/store.ts";
import type { LanguageClient } from "./client.ts";
import type { Diagnosis } from "./diagnosis.ts";

/** Pause after the last key before repositories are asked: most keys change nothing in what they are asked for. */
const PAUSE_MS = 600;

/** Who knows what repositories offer. */
export interface PackageDoor {
  lookUp(asked: NamedPackages): Promise<PackageKnowledge>;
  search(asked: { repositories: PackageRepository[]; text: string }): Promise<OfferedPackage[]>;
}

/** Keeps the language service told of what the repositories of the description have. */
export class PackageLookup implements IDisposable {
  /** What became of the repositories that were asked last. */
  readonly repositories = new Store<readonly RepositoryState[]>([]);
  readonly #client: LanguageClient;
  readonly #diagnosis: Diagnosis;
  readonly #main: string;
  readonly #door: PackageDoor;
  readonly #stop: () => void;
  #architecture: string | null = null;
  #repositories: PackageRepository[] = [];
  /** What was asked last, written out. */
  #asked = "";
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(client: LanguageClient, diagnosis: Diagnosis, main: string, door: PackageDoor) {
    this.#client = client;
    this.#diagnosis = diagnosis;
    this.#main = main;
    this.#door = door;
    this.#stop = diagnosis.current.subscribe(() => this.#later());
  }

  /** Packages are looked up for builds of that architecture; null where nobody builds. */
  use(architecture: string | null): void {
    if (architecture === this.#architecture) return;
    this.#architecture = architecture;
    this.#later();
  }

  /** Packages whose names begin with a text, or hold it. */
  async search(text: string): Promise<OfferedPackage[]> {
    if (text === "" || this.#repositories.length === 0) return [];
    return this.#door.search({ repositories: this.#repositories, text }).catch(() => []);
  }

  dispose(): void {
    clearTimeout(this.#pause);
    this.#stop();
  }

  #later(): void {
    clearTimeout(this.#pause);
    if (!this.#diagnosis.current.get()) return;
    this.#pause = setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  async #ask(): Promise<void> {
    const architecture = this.#architecture;
    if (architecture === null) return;
    // Without the worker there is nobody to tell; an error of the connection says itself elsewhere.
    const asked = await this.#client.ask("namedPackages", { path: this.#main, architecture }).catch(() => null);
    const written = JSON.stringify([architecture, asked]);
    if (asked === null || written === this.#asked) return;
    this.#asked = written;
    this.#repositories = asked.repositories;
    if (asked.repositories.length === 0 || asked.names.length === 0) return;
    const knowledge = await this.#door.lookUp(asked).catch(() => null);
    if (this.#asked !== written) return;
    if (knowledge === null) {
      this.#asked = "";
      return;
    }
    const { repositories, offered, unknown } = knowledge;
    this.repositories.set(repositories);
    this.#client.tell({ kind: "packages", packages: { architecture, offered, unknown } });
    this.#diagnosis.reconsider();
  }
}
