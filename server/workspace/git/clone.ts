import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Imported } from "#lib/contracts/import.ts";
import { searchFolder } from "../discovery.ts";
import { inFolder } from "../image-file.ts";
import { makeFolder } from "../new-folder.ts";
import { WorkspaceError } from "../workspace-error.ts";
import { explainGit } from "./explain-git.ts";
import { addressKind, programOf, type RemoteAccess, withAccess } from "./remote.ts";
import { checkGit, runGit } from "./run-git.ts";

const CLONE_SECONDS = 30 * 60;
/** Of everything that arrives, in bytes. */
export const CLONE_LIMIT = 2 * 1024 ** 3;
const LOOK_EVERY = 2_000;

/**
 * Clones a repository into a new folder of the workspace, which appears when it is whole. Nothing of it is run: no hooks,
 * filters or submodules. Throws WorkspaceError for addresses that are not allowed, for repositories that are too large, and
 * for those without any description.
 *
 * @param onProgress told in git's own words how far it is
 */
export async function cloneDescription(
  { folder, url, branch }: { folder: string; url: string; branch: string | null },
  access: RemoteAccess,
  {
    searchPath,
    onProgress,
    limit = CLONE_LIMIT,
  }: { searchPath: string; onProgress(text: string): void; limit?: number },
): Promise<Imported> {
  await checkGit(searchPath);
  const kind = await addressKind(url, access.workspace);
  let imported: Imported = { descriptions: [], leftOut: [] };
  await makeFolder(access.workspace, folder, async (unfinished) => {
    const place = join(unfinished, "clone");
    await withinLimit(place, limit, access.signal, (signal) =>
      withAccess({ ...access, signal }, kind === "file", async ({ settings, ...options }) => {
        const args = [
          "clone",
          "--progress",
          "--no-local",
          "--no-recurse-submodules",
          "--template=",
          `--upload-pack=${programOf("upload-pack", kind === "file")}`,
          ...(branch === null ? [] : [`--branch=${branch}`]),
          "--",
          url,
          place,
        ];
        const { code, said } = await runGit(
          // Relative addresses of this machine are meant from the workspace.
          ["-C", access.workspace, ...args],
          searchPath,
          { ...options, timeout: CLONE_SECONDS * 1000, onProgress: (text) => onProgress(lastLine(text)) },
          settings,
        );
        if (code !== 0) throw explainGit(said);
      }),
    );
    const { descriptions } = await searchFolder(place);
    if (descriptions.length === 0)
      throw new WorkspaceError("refused", "There is no description in this repository, or not in this branch.");
    imported = { descriptions: descriptions.map(({ id }) => inFolder(folder, id)), leftOut: [] };
    return place;
  });
  return imported;
}

/** git draws its progress over and over on one line. */
const lastLine = (text: string) =>
  text
    .split(/[\r\n]+/)
    .filter(Boolean)
    .at(-1)
    ?.replace(/^remote: /, "")
    .trim() ?? "";

/** Stops the work when more has arrived than may. */
async function withinLimit(
  place: string,
  limit: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const tooLarge = new AbortController();
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void sizeOf(place).then((size) => {
      looking = false;
      if (size > limit) tooLarge.abort();
    });
  }, LOOK_EVERY);
  const refuse = () => new WorkspaceError("refused", `The repository is larger than ${limit / 1024 ** 2} MiB.`);
  try {
    await work(outer ? AbortSignal.any([outer, tooLarge.signal]) : tooLarge.signal);
    if ((await sizeOf(place)) > limit) throw refuse();
  } catch (error) {
    throw tooLarge.signal.aborted ? refuse() : error;
  } finally {
    clearInterval(timer);
  }
}

/** Bytes of all files below; those that go meanwhile do not count. */
async function sizeOf(folder: string): Promise<number> {
  let size = 0;
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) size += await sizeOf(path);
    else size += (await lstat(path).catch(() => null))?.size ?? 0;
  }
  return size;
}
