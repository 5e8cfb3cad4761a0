import { lstat, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { GitIdentity } from "#lib/contracts/git.ts";
import { resolveInside } from "#server/platform/safe-path.ts";
import { WorkspaceError } from "../workspace-error.ts";
import type { Checkout } from "./checkout.ts";
import { refuseFiltered } from "./filters.ts";
import { identityVariables } from "./identity.ts";
import { gitStatus } from "./status.ts";

/**
 * Commits these files as they are on disk now, and nothing else, whatever is staged besides. Throws WorkspaceError where
 * that is not possible; then no commit is made.
 */
export async function commitFiles(
  checkout: Checkout,
  { paths, message, identity }: { paths: readonly string[]; message: string; identity: GitIdentity },
): Promise<void> {
  const inTree = paths.map((path) => checkout.inTree(path));
  const changes = new Map((await gitStatus(checkout)).changes.map(({ path, state }) => [path, state]));
  const without = paths.find((path) => !changes.has(path));
  if (without !== undefined)
    throw new WorkspaceError("refused", `"${without}" has no changes any more. Look at the list again.`);
  await refuseFiltered(checkout, inTree);
  const added = paths.filter((path) => changes.get(path) === "new").map((path) => checkout.inTree(path));
  // A commit of certain files takes only what git knows of.
  if (added.length > 0)
    await checkout.git(["add", "--intent-to-add", "--pathspec-from-file=-", "--pathspec-file-nul"], {
      input: added.join("\0"),
    });
  await checkout.git(
    [
      "commit",
      "--quiet",
      "--only",
      "--no-verify",
      "--cleanup=whitespace",
      `--message=${message}`,
      "--pathspec-from-file=-",
      "--pathspec-file-nul",
    ],
    { input: inTree.join("\0"), environment: identityVariables(identity) },
  );
}

/**
 * Brings a file back to the last commit; one that it does not have is removed. Throws WorkspaceError where the file has
 * no changes, or others than those of `stamp`.
 */
export async function discardChanges(
  checkout: Checkout,
  { path, stamp }: { path: string; stamp: string },
): Promise<void> {
  const change = (await gitStatus(checkout)).changes.find((one) => one.path === path);
  if (!change) throw new WorkspaceError("refused", `"${path}" has no changes any more.`);
  if (change.stamp !== stamp)
    throw new WorkspaceError("refused", `"${path}" has been changed since you looked at it. Look at it again.`);
  if (change.state === "conflict")
    throw new WorkspaceError("refused", `"${path}" is in conflict; end the merge by hand first.`);
  const inTree = checkout.inTree(path);
  if (change.state !== "new") {
    await refuseFiltered(checkout, [inTree]);
    await checkout.git(["restore", "--source=HEAD", "--staged", "--worktree", "--", inTree]);
    return;
  }
  // By the real place of its folder; where the file is a link, the link goes.
  const folder = dirname(inTree) === "." ? checkout.top : await resolveInside(checkout.top, dirname(inTree));
  const place = join(folder, inTree.slice(inTree.lastIndexOf("/") + 1));
  if ((await lstat(place)).isDirectory()) throw new WorkspaceError("refused", `"${path}" is a folder.`);
  await checkout.git(["rm", "--quiet", "--cached", "--force", "--ignore-unmatch", "--", inTree]);
  await rm(place);
}
