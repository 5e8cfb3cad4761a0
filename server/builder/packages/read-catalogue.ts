import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { readStanza, STANZA_END } from "#lib/kiwi/repository/apt.ts";
import { Catalogue } from "#lib/kiwi/repository/catalogue.ts";
import type { ListedEntry } from "#lib/kiwi/repository/entry.ts";
import { records } from "#lib/kiwi/repository/records.ts";
import { PACKAGE_END, readPackage } from "#lib/kiwi/repository/rpm.ts";
import { type Compression, type FetchedList, RepositoryProblem } from "./fetch-lists.ts";

/** What a list may unpack to, in bytes; the largest ones of distributions have a tenth of it. */
const MOST_UNPACKED = 4 * 2 ** 30;

const formats = {
  "apt-deb": { mark: STANZA_END, read: readStanza },
  "rpm-md": { mark: PACKAGE_END, read: readPackage },
};

/**
 * Reads lists of packages. Those of Debian's kind are for one architecture each; of the others, packages of these
 * architectures count. Throws RepositoryProblem where a list is broken.
 */
export async function readCatalogue(
  type: keyof typeof formats,
  lists: readonly FetchedList[],
  architectures: ReadonlySet<string>,
): Promise<Catalogue> {
  const catalogue = new Catalogue();
  const { mark, read } = formats[type];
  for (const list of lists) {
    try {
      for await (const record of records(unpack(list), mark)) {
        const entry = read(record);
        if (entry === null || (type === "rpm-md" && !architectures.has(entry.architecture))) continue;
        // A copy: a piece of a text keeps the whole of it in memory.
        catalogue.add(JSON.parse(JSON.stringify(entry)) as ListedEntry);
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new RepositoryProblem(`Its list of packages cannot be read: ${reason}`, { cause: error });
    }
  }
  return catalogue;
}

/** The text of a list, in pieces. */
export async function* unpack({ path, compression }: FetchedList): AsyncGenerator<string> {
  const stream = opened(path, compression);
  stream.setEncoding("utf8");
  let characters = 0;
  for await (const chunk of stream as AsyncIterable<string>) {
    characters += chunk.length;
    if (characters > MOST_UNPACKED) throw new Error("It unpacks to more than any list of packages has.");
    yield chunk;
  }
}

function opened(path: string, compression: Compression): NodeJS.ReadableStream {
  const file = createReadStream(path, { highWaterMark: 2 ** 20 });
  if (compression === "none") return file;
  if (compression === "gz" || compression === "zst") {
    const unpacking = compression === "gz" ? createGunzip() : createZstdDecompress();
    // What goes wrong is told by the end of the stream that is read.
    return pipeline(file, unpacking, () => undefined);
  }
  const program = spawn(compression === "xz" ? "xz" : "bzip2", ["-dc"], { stdio: ["pipe", "pipe", "ignore"] });
  program.on("error", (error) => program.stdout.destroy(error));
  program.on("exit", (code) => {
    if (code !== 0) program.stdout.destroy(new Error(`${compression} ended with ${code}.`));
  });
  pipeline(file, program.stdin, () => undefined);
  return program.stdout;
}
