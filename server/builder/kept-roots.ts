import { constants } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type KeptRoot, keptRootSchema, type PackageInputs } from "#lib/contracts/reuse.ts";

/** The root trees with packages that are kept for later builds, each an archive with a note beside it. */
export class KeptRoots {
  readonly #folder: string;
  readonly #limit: number;

  constructor(folder: string, limitBytes: number) {
    this.#folder = folder;
    this.#limit = limitBytes;
  }

  /** Whether there is room for any. */
  get any(): boolean {
    return this.#limit > 0;
  }

  /** Where an archive of that key is, or will be, without its ending. */
  place(key: string): string {
    return join(this.#folder, key);
  }

  /** What is known of a key; null where nothing usable is kept. */
  async find(key: string): Promise<KeptRoot | null> {
    const kept = await this.#read(key);
    if (kept === null || kept.obstacle !== undefined) return kept;
    const archive = await stat(`${this.place(key)}.tar`).catch(() => null);
    return archive?.size === kept.bytes ? kept : null;
  }

  /** Copies an archive for a build. False where it is gone meanwhile. */
  async take(key: string, target: string): Promise<boolean> {
    await mkdir(dirname(target), { recursive: true });
    const source = `${this.place(key)}.tar`;
    // Used ones are kept longest.
    await utimes(source, new Date(), new Date()).catch(() => {});
    return copyFile(source, target, constants.COPYFILE_FICLONE).then(
      () => true,
      () => false,
    );
  }

  /** What was kept last for a description. */
  async newest(description: string): Promise<PackageInputs | null> {
    const all = (await this.#keys()).map((key) => this.#read(key));
    const ours = (await Promise.all(all)).flatMap((kept) => (kept?.description === description ? [kept] : []));
    return ours.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0]?.inputs ?? null;
  }

  /** Removes what was not used for longest until the rest is within the limit. */
  async trim(): Promise<void> {
    const archives = await Promise.all(
      (await this.#keys("tar")).map(async (key) => ({
        key,
        stat: await stat(`${this.place(key)}.tar`).catch(() => null),
      })),
    );
    let bytes = 0;
    for (const { key, stat } of archives.toSorted((a, b) => (b.stat?.mtimeMs ?? 0) - (a.stat?.mtimeMs ?? 0))) {
      bytes += stat?.size ?? 0;
      if (bytes <= this.#limit) continue;
      for (const ending of ["json", "tar"]) await rm(`${this.place(key)}.${ending}`, { force: true });
    }
  }

  async #keys(ending = "json"): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.filter((name) => name.endsWith(`.${ending}`)).map((name) => name.slice(0, -ending.length - 1));
  }

  async #read(key: string): Promise<KeptRoot | null> {
    try {
      return keptRootSchema.parse(JSON.parse(await readFile(`${this.place(key)}.json`, "utf8")));
    } catch {
      return null;
    }
  }
}
