import { lstat, readdir, readlink, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { type Description, relativePathSchema } from "#lib/contracts/description.ts";
import { isSafeOverlayName, SAFE_OVERLAY_NAMES } from "#lib/kiwi/overlay-name.ts";
import { resolveInside, UnsafePathError } from "#server/platform/safe-path.ts";
import { inFolder } from "./image-file.ts";
import { systemCode, WorkspaceError } from "./workspace-error.ts";

/** One thing to store. `source` is where it lies, relative to the workspace. */
export type WalkedEntry =
  | { kind: "directory"; path: string; mode: number }
  | { kind: "file"; path: string; source: string }
  | { kind: "link"; path: string; target: string };

/** The folders beside the image file that KIWI copies into the image. */
export function overlaysOf({ facts }: Pick<Description, "facts">): Set<string> {
  return new Set(["root", ...(facts?.profiles ?? []).map((profile) => profile.name)]);
}

/**
 * Goes through a description's folder. Inside overlay trees links are part of the image and stay links; elsewhere a
 * link stands for what it leads to, which must lie in the workspace. Throws WorkspaceError for what cannot be stored.
 *
 * @param inside what becomes of links outside of overlays that do not leave the description's folder
 */
export async function* walkDescription(
  workspace: string,
  folder: string,
  overlays: ReadonlySet<string>,
  { inside = "follow" }: { inside?: "follow" | "keep" } = {},
): AsyncGenerator<WalkedEntry> {
  const root = await realpath(workspace);
  const own = await realpath(join(root, folder));

  async function* walk(source: string, path: string, parents: readonly string[]): AsyncGenerator<WalkedEntry> {
    const real = await realpath(join(root, source));
    // Seen as a folder a moment ago; a link that took its place meanwhile must not show what lies elsewhere.
    if (real !== root && !real.startsWith(root + sep)) throw new UnsafePathError(`"${path}" leads out of its folder.`);
    if (parents.includes(real))
      throw new WorkspaceError("refused", `The link "${path}" leads to a folder that holds it: it never ends.`);
    for (const name of (await readdir(join(root, source))).sort())
      yield* entry(inFolder(source, name), inFolder(path, name), [...parents, real]);
  }

  async function* entry(source: string, path: string, parents: readonly string[]): AsyncGenerator<WalkedEntry> {
    const [top = "", ...rest] = path.split("/");
    const inOverlay = overlays.has(top) && rest.length > 0;
    if (!inOverlay && path.endsWith("/.git")) return;
    if (path === ".git") return;
    checkName(path, inOverlay && rest.length === 1 ? rest[0] : undefined);
    const place = join(root, source);
    let stats = await lstat(place);
    let where = source;
    if (stats.isSymbolicLink()) {
      const link = { kind: "link", path, target: await readlink(place) } as const;
      if (inOverlay) return yield link;
      const target = await followLink(root, source, path);
      if (inside === "keep" && !link.target.startsWith("/") && staysIn(own, place, target)) return yield link;
      where = target.slice(root.length + 1);
      stats = await lstat(target);
    }
    if (stats.isDirectory()) {
      yield { kind: "directory", path, mode: stats.mode & 0o777 };
      yield* walk(where, path, parents);
    } else if (stats.isFile()) yield { kind: "file", path, source: where };
    else throw new WorkspaceError("refused", `"${path}" is a socket, pipe or device; a build takes files only.`);
  }

  yield* walk(folder, "", []);
}

/** Whether a link and what it leads to lie in a folder, so that it leads to the same where the folder lies elsewhere. */
function staysIn(folder: string, ...paths: string[]): boolean {
  return paths.every((path) => path.startsWith(folder + sep));
}

function checkName(path: string, overlayTop: string | undefined): void {
  // U+FFFD stands for bytes that are no UTF-8, so the real name is unknown.
  if (path.includes("\uFFFD") || !relativePathSchema.safeParse(path).success)
    throw new WorkspaceError("refused", `The file name "${path}" cannot be used: it is too long or not UTF-8.`);
  if (overlayTop !== undefined && !isSafeOverlayName(overlayTop))
    throw new WorkspaceError(
      "refused",
      `The name "${path}" is dangerous: at the top of an overlay ${SAFE_OVERLAY_NAMES}.`,
    );
}

async function followLink(root: string, source: string, path: string): Promise<string> {
  try {
    return await resolveInside(root, source);
  } catch (error) {
    if (error instanceof UnsafePathError)
      throw new WorkspaceError("refused", `The link "${path}" leads out of the workspace; put the file itself there.`);
    if (["ENOENT", "ELOOP", "ENOTDIR"].includes(systemCode(error) ?? ""))
      throw new WorkspaceError("refused", `The link "${path}" leads nowhere; remove it or repair it.`);
    throw error;
  }
}
