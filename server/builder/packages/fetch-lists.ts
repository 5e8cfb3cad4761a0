import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Dispatcher, fetch } from "undici";
import type { PackageRepository } from "#lib/contracts/packages.ts";
import { debianArchitecture, type Release, readRelease } from "#lib/kiwi/repository/apt.ts";
import { readRepomd } from "#lib/kiwi/repository/rpm.ts";

/** A list of packages as it lies on the disk, checked against what the repository says of it. */
export interface FetchedList {
  path: string;
  compression: Compression;
}

const COMPRESSIONS = ["gz", "zst", "xz", "bz2", "none"] as const;
export type Compression = (typeof COMPRESSIONS)[number];

export interface ListStore {
  folder: string;
  /** Bytes that lists may take there. */
  limit: number;
  dispatcher: Dispatcher;
  /** KIWI's name of the architecture. */
  architecture: string;
}

/** A repository that cannot be read; the message is a sentence for people. */
export class RepositoryProblem extends Error {
  override name = "RepositoryProblem";
}

/** Milliseconds for an index, and for a whole list. */
const INDEX_PATIENCE = 20_000;
const LIST_PATIENCE = 300_000;
/** No distribution has a list as large as this, in bytes. */
const MOST_BYTES = 512 * 2 ** 20;
const MOST_INDEX_BYTES = 64 * 2 ** 20;

/**
 * Brings the lists of packages of a repository to the disk; what is there already, by its checksum, is not fetched again.
 * Signatures are KIWI's business when it builds: only checksums are compared here. Throws RepositoryProblem.
 */
export async function fetchLists(repository: PackageRepository, store: ListStore): Promise<FetchedList[]> {
  const { source, type } = repository;
  // Variables are replaced by the package manager, and a login is KIWI's business.
  if (!/^https?:\/\/[^@$%{}]+$/.test(source))
    throw new RepositoryProblem("Only repositories at plain http and https addresses are read.");
  if (type === "apt-deb") return aptLists(repository, store);
  if (type === "rpm-md") return rpmLists(repository, store);
  throw new RepositoryProblem("Repositories of this kind are not read.");
}

async function aptLists(repository: PackageRepository, store: ListStore): Promise<FetchedList[]> {
  const { distribution, components } = repository;
  const base = repository.source.replace(/\/+$/, "");
  const folder = distribution === null ? base : `${base}/dists/${distribution}`;
  const text = await readText(`${folder}/InRelease`, store).catch((error: unknown) => {
    if (error instanceof RepositoryProblem) return readText(`${folder}/Release`, store);
    throw error;
  });
  const release = readRelease(text);
  const architecture = debianArchitecture(store.architecture);
  const parts = components.length === 0 ? ["main"] : components;
  const names = distribution === null ? ["Packages"] : parts.map((part) => `${part}/binary-${architecture}/Packages`);
  const lists: FetchedList[] = [];
  for (const name of names) lists.push(await aptList(folder, name, release, store));
  return lists;
}

async function aptList(folder: string, name: string, release: Release, store: ListStore): Promise<FetchedList> {
  for (const compression of COMPRESSIONS) {
    const path = compression === "none" ? name : `${name}.${compression}`;
    const file = release.files.get(path) ?? release.files.get(`./${path}`);
    if (file === undefined) continue;
    const byHash = `${folder}/${path.split("/").slice(0, -1).join("/")}/by-hash/SHA256/${file.sha256}`;
    const plain = `${folder}/${path}`;
    const addresses = release.byHash ? [byHash, plain] : [plain];
    return { path: await fetchFile(addresses, file, store), compression };
  }
  throw new RepositoryProblem(`It has no list ${name}.`);
}

async function rpmLists(repository: PackageRepository, store: ListStore): Promise<FetchedList[]> {
  const base = repository.source.replace(/\/+$/, "");
  const primary = readRepomd(await readText(`${base}/repodata/repomd.xml`, store));
  if (primary === null) throw new RepositoryProblem("Its repodata/repomd.xml names no list of packages.");
  if (primary.sha256 === null) throw new RepositoryProblem("Its list of packages has no SHA-256 checksum.");
  const compression = COMPRESSIONS.find((one) => primary.path.endsWith(`.${one}`)) ?? "none";
  const expected = { sha256: primary.sha256, size: primary.size };
  return [{ path: await fetchFile([new URL(primary.path, `${base}/`).href], expected, store), compression }];
}

/** The text of an index. */
async function readText(url: string, { dispatcher }: ListStore): Promise<string> {
  const response = await ask(url, dispatcher, INDEX_PATIENCE);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const piece of response.body ?? []) {
      bytes += piece.length;
      if (bytes > MOST_INDEX_BYTES) throw new RepositoryProblem(`${url} is too large.`);
      pieces.push(piece);
    }
  } catch (error) {
    throw problemOf(url, error);
  }
  return Buffer.concat(pieces).toString("utf8");
}

async function ask(url: string, dispatcher: Dispatcher, patience: number) {
  try {
    const response = await fetch(url, { dispatcher, signal: AbortSignal.timeout(patience) });
    if (response.ok) return response;
    await response.body?.cancel();
    throw new RepositoryProblem(`${url} is answered with ${response.status}.`);
  } catch (error) {
    throw problemOf(url, error);
  }
}

function problemOf(url: string, error: unknown): RepositoryProblem {
  if (error instanceof RepositoryProblem) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new RepositoryProblem(`${url} cannot be read: ${reason}.`, { cause: error });
}

type Expected = { sha256: string; size: number | null };

/** Where a file of that checksum is, fetched from the first address that has it. */
async function fetchFile(addresses: readonly string[], expected: Expected, store: ListStore): Promise<string> {
  const path = join(store.folder, expected.sha256);
  const there = await stat(path).catch(() => null);
  if (there !== null && (expected.size === null || there.size === expected.size)) {
    // Those that are used are kept longest.
    await utimes(path, new Date(), new Date());
    return path;
  }
  await mkdir(store.folder, { recursive: true, mode: 0o700 });
  let problem: unknown;
  for (const url of addresses) {
    try {
      await download(url, path, expected, store.dispatcher);
      return path;
    } catch (error) {
      problem = error;
    }
  }
  throw problem;
}

async function download(url: string, path: string, expected: Expected, dispatcher: Dispatcher): Promise<void> {
  const response = await ask(url, dispatcher, LIST_PATIENCE);
  if (response.body === null) throw new RepositoryProblem(`${url} is empty.`);
  const hash = createHash("sha256");
  const limit = expected.size ?? MOST_BYTES;
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > Math.min(limit, MOST_BYTES)) done(new RepositoryProblem(`${url} is larger than it should be.`));
      else done(null, chunk);
    },
  });
  const incoming = `${path}.${process.pid}.incoming`;
  try {
    await pipeline(response.body, measure, createWriteStream(incoming, { mode: 0o600 }));
    // A repository that is being renewed says one thing and gives another.
    if (hash.digest("hex") !== expected.sha256)
      throw new RepositoryProblem(`${url} is not what the repository's index says. Try again in some minutes.`);
    await rename(incoming, path);
  } catch (error) {
    await rm(incoming, { force: true });
    throw problemOf(url, error);
  }
}

/** Removes the lists that were not used for longest until the others are within a limit, in bytes. */
export async function trimLists(folder: string, limit: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(
    names.map(async (name) => ({ name, stat: await stat(join(folder, name)).catch(() => null) })),
  );
  let bytes = 0;
  const lists = files.filter((file) => file.stat?.isFile());
  for (const { name, stat } of lists.toSorted((a, b) => (b.stat?.mtimeMs ?? 0) - (a.stat?.mtimeMs ?? 0))) {
    bytes += stat?.size ?? 0;
    if (bytes > limit) await rm(join(folder, name), { force: true });
  }
}
