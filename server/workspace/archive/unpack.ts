import { chmod, mkdir, open, realpath, symlink } from "node:fs/promises";
import { join, posix, sep } from "node:path";
import { relativePathSchema } from "#lib/contracts/description.ts";
import type { ImportLimits } from "#lib/contracts/import.ts";
import { systemCode } from "../workspace-error.ts";
import { type IncomingEntry, refusal } from "./entry.ts";

/** A symbolic link that has not been made yet. */
export interface IncomingLink {
  path: string;
  target: string;
}

/** Version control is no part of a description, and its settings can make git run programs; macOS adds the other. */
const leftOutNames = new Set([".git", "__MACOSX"]);

/**
 * Writes files and folders into an empty folder. Links are only collected: as long as there are none, nothing can be
 * written through one. Only permission bits are taken over. Throws WorkspaceError for names, kinds and amounts that are
 * not allowed.
 *
 * @param packedBytes size of what was sent
 */
export async function unpack(
  folder: string,
  entries: AsyncIterable<IncomingEntry> | Iterable<IncomingEntry>,
  packedBytes: number,
  limits: ImportLimits,
): Promise<{ links: IncomingLink[]; leftOut: string[] }> {
  const links: IncomingLink[] = [];
  const leftOut = new Set<string>();
  const budget = new Budget(packedBytes, limits);
  const modes = new Map<string, number>();
  const makeFolders = async (path: string) => {
    const parts = path.split("/");
    for (const depth of parts.keys()) {
      const one = parts.slice(0, depth + 1).join("/");
      if (modes.has(one)) continue;
      budget.count();
      await mkdir(join(folder, one)).catch(twice(one));
      // Those that are not listed themselves.
      modes.set(one, 0o755);
    }
  };
  for await (const entry of entries) {
    const path = checkedPath(entry.path);
    if (path === null) continue;
    const without = leftOutPart(path);
    if (without !== null) {
      leftOut.add(without);
      continue;
    }
    const parent = posix.dirname(path);
    if (parent !== ".") await makeFolders(parent);
    if (entry.kind === "directory") {
      await makeFolders(path);
      modes.set(path, entry.mode);
      continue;
    }
    budget.count();
    if (entry.kind === "link") links.push({ path, target: entry.target });
    else await writeNew(join(folder, path), path, entry, budget);
  }
  for (const [path, mode] of modes) await chmod(join(folder, path), mode | 0o700);
  return { links, leftOut: [...leftOut] };
}

/**
 * Makes the links, after everything else. Those in overlays are the image's, where `/` is the overlay itself; all others
 * must stay in the folder. Throws WorkspaceError for one that leads out.
 *
 * @param overlayOf the overlay folder that a path lies in
 */
export async function makeLinks(
  folder: string,
  links: readonly IncomingLink[],
  overlayOf: (path: string) => string | null,
): Promise<void> {
  const root = await realpath(folder);
  const out = ({ path, target }: IncomingLink) =>
    refusal(
      `The link "${path}" leads out of its folder, to "${target}". Put the file itself there, and pack it again.`,
    );
  for (const link of links) {
    const { path, target } = link;
    if (target === "" || target.includes("\0")) throw refusal(`The link "${path}" leads nowhere.`);
    const overlay = overlayOf(path);
    const top = overlay ?? ".";
    const lexical = posix.join(posix.relative(top, posix.dirname(path)), target);
    const isAbsolute = target.startsWith("/");
    if (isAbsolute ? overlay === null : lexical === ".." || lexical.startsWith("../")) throw out(link);
    await symlink(target, join(folder, path)).catch(twice(path));
  }
  // Through other links a path can lead elsewhere than its words say.
  for (const link of links) {
    if (overlayOf(link.path) !== null) continue;
    const real = await realpath(join(folder, link.path)).catch((error: unknown) => {
      if (systemCode(error) === "ENOENT") return null;
      throw refusal(`The link "${link.path}" leads nowhere.`);
    });
    if (real !== null && real !== root && !real.startsWith(root + sep)) throw out(link);
  }
}

async function writeNew(
  place: string,
  path: string,
  { mode, bytes }: Extract<IncomingEntry, { kind: "file" }>,
  budget: Budget,
): Promise<void> {
  const file = await open(place, "wx", 0o600).catch(twice(path));
  try {
    let size = 0;
    for await (const part of bytes) {
      size += part.length;
      budget.spend(path, part.length, size);
      await file.writeFile(part);
    }
    await file.chmod((mode & 0o777) | 0o400);
  } finally {
    await file.close();
  }
}

/** The path in plain words; null for the folder itself. */
function checkedPath(path: string): string | null {
  const plain = path.replace(/^(?:\.\/+)+/, "").replace(/\/+$/, "");
  if (path.startsWith("/")) throw refusal(`The archive holds the absolute path "${path}".`);
  if (plain === "" || plain === ".") return null;
  if (plain.split("/").includes("..")) throw refusal(`The archive holds "${path}", which leads out of its folder.`);
  if (/[\0-\x1f\x7f]/.test(plain))
    throw refusal(`The archive holds the name ${JSON.stringify(path)}, with control characters in it.`);
  const tooLong = plain.split("/").some((part) => Buffer.byteLength(part) > 255);
  if (tooLong || !relativePathSchema.safeParse(plain).success)
    throw refusal(`The archive holds the name "${path.slice(0, 200)}", which is too long or not a plain path.`);
  return plain;
}

/** The part of a path that is not taken over; null for what is. */
function leftOutPart(path: string): string | null {
  const parts = path.split("/");
  const at = parts.findIndex((part) => leftOutNames.has(part));
  return at < 0 ? null : parts.slice(0, at + 1).join("/");
}

/** Everything is made once, in a folder that was empty. */
const twice =
  (path: string) =>
  (error: unknown): never => {
    if (["EEXIST", "EISDIR", "ENOTDIR"].includes(systemCode(error) ?? ""))
      throw refusal(`The archive holds "${path}" twice, or as a file and as a folder.`);
    throw error;
  };

/** Counts what comes, and says when it is too much. */
class Budget {
  readonly #limits: ImportLimits;
  readonly #most: number;
  #entries = 0;
  #bytes = 0;

  constructor(packedBytes: number, limits: ImportLimits) {
    this.#limits = limits;
    this.#most = Math.min(limits.total, Math.max(limits.small, packedBytes * limits.ratio));
  }

  count(): void {
    if (++this.#entries > this.#limits.entries)
      throw refusal(`The archive holds more than ${this.#limits.entries} files and folders.`);
  }

  spend(path: string, bytes: number, ofFile: number): void {
    this.#bytes += bytes;
    if (ofFile > this.#limits.file) throw refusal(`"${path}" is larger than ${megabytes(this.#limits.file)}.`);
    if (this.#bytes <= this.#most) return;
    if (this.#most < this.#limits.total)
      throw refusal(
        `Unpacked, the files are more than ${this.#limits.ratio} times as large as what was sent: this is no description.`,
      );
    throw refusal(`The files are larger than ${megabytes(this.#limits.total)} together.`);
  }
}

const megabytes = (bytes: number) => `${Math.floor(bytes / 1024 ** 2)} MiB`;
