import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { access, chown, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { syncFolder, writeFileAtomic } from "#server/platform/atomic-file.ts";

/** Where a content lies in the folder of snapshots. */
export function blobPath(root: string, sha256: string): string {
  return join(root, "blobs", sha256.slice(0, 2), sha256);
}

/** Contents under their SHA-256, and the manifests that name them. Nothing in it is ever changed. */
export class BlobStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** Stores a stream's bytes; null where it has more than `limit` of them. */
  async put(stream: AsyncIterable<Buffer>, limit: number): Promise<{ size: number; sha256: string } | null> {
    const incoming = join(this.#root, "incoming");
    await this.#makeFolder(incoming);
    const temporary = join(incoming, randomUUID());
    const hash = createHash("sha256");
    let size = 0;
    const file = await open(temporary, "wx", 0o640);
    try {
      for await (const chunk of stream) {
        size += chunk.length;
        if (size > limit) return null;
        hash.update(chunk);
        await file.writeFile(chunk);
      }
      const sha256 = hash.digest("hex");
      const place = blobPath(this.#root, sha256);
      if (!(await isReadable(place))) {
        await file.sync();
        await this.#makeFolder(dirname(place));
        await this.#handOver(temporary);
        await rename(temporary, place);
        await syncFolder(dirname(place));
      }
      return { size, sha256 };
    } finally {
      await file.close();
      await rm(temporary, { force: true });
    }
  }

  async putManifest(id: string, text: string): Promise<void> {
    const folder = join(this.#root, "manifests");
    await this.#makeFolder(folder);
    await writeFileAtomic(join(folder, `${id}.json`), text, 0o640);
    await this.#handOver(join(folder, `${id}.json`));
  }

  /** Makes a folder of the store, and those above it in the store, for the store's owner. */
  async #makeFolder(folder: string): Promise<void> {
    const first = await mkdir(folder, { recursive: true });
    if (first === undefined) return;
    for (let made = folder; made.length >= first.length; made = dirname(made)) await this.#handOver(made);
  }

  /** The command line tool may run as root; what it stores must stay usable for the web server, which owns the store. */
  async #handOver(path: string): Promise<void> {
    if (process.getuid?.() !== 0) return;
    const { uid, gid } = await stat(this.#root);
    await chown(path, uid, gid);
  }
}

/** What root has stored for the command line is closed to the web server, which then puts its own copy there. */
async function isReadable(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}
