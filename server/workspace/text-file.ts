import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { access, type FileHandle, open, readlink, realpath } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import type { FileText, SaveResult } from "#lib/contracts/description.ts";
import { writeFileAtomic } from "#server/platform/atomic-file.ts";
import { openInside, resolveForWrite, UnsafePathError } from "#server/platform/safe-path.ts";
import { inFolder } from "./image-file.ts";
import { systemCode, WorkspaceError } from "./workspace-error.ts";

/** The largest file that the editor opens, in bytes. */
export const TEXT_LIMIT = 8 * 1024 * 1024;

/** Reads a text file of a description's folder. Throws WorkspaceError for what is missing, foreign or no text. */
export async function readText(workspace: string, folder: string, path: string): Promise<FileText> {
  const { bytes, writable } = await readBytes(workspace, inFolder(folder, path));
  return { path, text: decodeText(bytes, path), version: sha256(bytes), writable };
}

/**
 * Saves a text file if the file on disk still has `version`; `null` = it must not exist yet. The file appears at once
 * and keeps its mode. Anything else than the expected version is a conflict, and nothing is written.
 */
export async function writeText(
  workspace: string,
  folder: string,
  { path, text, version }: { path: string; text: string; version: string | null },
): Promise<SaveResult> {
  const file = inFolder(folder, path);
  return oneAtATime(join(workspace, file), async () => {
    const current = await readText(workspace, folder, path).catch((error: unknown) => {
      if (error instanceof WorkspaceError && error.reason === "not-found") return null;
      throw error;
    });
    if ((current?.version ?? null) !== version) return { outcome: "conflict", current };
    if (current && !current.writable)
      throw new WorkspaceError("read-only", `"${path}" is write-protected; change its permissions to edit it.`);
    await using place = await openPlace(workspace, file);
    try {
      if (current) await writeFileAtomic(place.path, text, await modeOf(place.path));
      else await createExclusively(place.path, text);
    } catch (error) {
      // Somebody else made the file between the look and the writing.
      if (systemCode(error) === "EEXIST") {
        return { outcome: "conflict", current: await readText(workspace, folder, path) };
      }
      throw explained(error, path);
    }
    return { outcome: "saved", version: sha256(Buffer.from(text)) };
  });
}

async function readBytes(workspace: string, path: string): Promise<{ bytes: Buffer; writable: boolean }> {
  let file: FileHandle;
  try {
    file = await openInside(workspace, path);
  } catch (error) {
    throw explained(error, path);
  }
  try {
    if ((await file.stat()).size > TEXT_LIMIT)
      throw new WorkspaceError("refused", `"${path}" is larger than ${TEXT_LIMIT / 1024 / 1024} MiB.`);
    return { bytes: await file.readFile(), writable: await isWritable(await readlink(`/proc/self/fd/${file.fd}`)) };
  } finally {
    await file.close();
  }
}

/** Saving replaces the file, so its folder must be writable too. */
async function isWritable(path: string): Promise<boolean> {
  return Promise.all([access(path, constants.W_OK), access(dirname(path), constants.W_OK)]).then(
    () => true,
    () => false,
  );
}

function decodeText(bytes: Buffer, path: string): string {
  const binary = new WorkspaceError("refused", `"${path}" is not a text file in UTF-8, so it cannot be edited here.`);
  if (bytes.includes(0)) throw binary;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw binary;
  }
}

/**
 * Where to write, named through an open folder: a link that is swapped in for the folder afterwards changes nothing.
 */
async function openPlace(workspace: string, path: string): Promise<AsyncDisposable & { path: string }> {
  let folder: FileHandle | undefined;
  try {
    const wanted = await resolveForWrite(workspace, path);
    folder = await open(dirname(wanted), constants.O_RDONLY | constants.O_DIRECTORY);
    const root = await realpath(workspace);
    const real = await readlink(`/proc/self/fd/${folder.fd}`);
    if (real !== root && !real.startsWith(root + sep)) throw new UnsafePathError(`"${path}" leads out of its folder.`);
    const handle = folder;
    return {
      path: join(`/proc/self/fd/${handle.fd}`, basename(wanted)),
      [Symbol.asyncDispose]: () => handle.close(),
    };
  } catch (error) {
    await folder?.close();
    throw explained(error, path);
  }
}

async function modeOf(path: string): Promise<number> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return (await file.stat()).mode & 0o777;
  } finally {
    await file.close();
  }
}

async function createExclusively(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o644);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

function explained(error: unknown, path: string): unknown {
  if (error instanceof UnsafePathError) return new WorkspaceError("refused", error.message);
  switch (systemCode(error)) {
    case "ENOENT":
    case "ENOTDIR":
      return new WorkspaceError("not-found", `"${path}" does not exist.`);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new WorkspaceError("read-only", `The permissions of "${path}" do not allow this.`);
    case "ELOOP":
    case "ENXIO":
    case "EISDIR":
    case "ENAMETOOLONG":
      return new WorkspaceError("refused", `"${path}" is not a file that can be opened.`);
    default:
      return error;
  }
}

const running = new Map<string, Promise<unknown>>();

/** Two saves of one file in this process must not both see the old version. */
async function oneAtATime<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
  const before = running.get(key);
  const mine = (before ?? Promise.resolve()).then(work, work);
  running.set(key, mine);
  try {
    return await mine;
  } finally {
    if (running.get(key) === mine) running.delete(key);
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
