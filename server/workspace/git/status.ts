import { lstat } from "node:fs/promises";
import { join } from "node:path";
import type { GitChange, GitStatus } from "#lib/contracts/git.ts";
import type { Checkout } from "./checkout.ts";

/** More changes than anybody looks through one by one. */
const MOST_CHANGES = 2_000;

/** How the description's folder stands: branch, upstream, changed files. Starts nothing and writes nothing. */
export async function gitStatus(checkout: Checkout): Promise<GitStatus> {
  const output = await checkout.git([
    "status",
    "--porcelain=v2",
    "-z",
    "--branch",
    "--untracked-files=all",
    "--no-renames",
    "--ignore-submodules=all",
    "--",
    checkout.folder || ".",
  ]);
  const status: GitStatus = {
    branch: null,
    head: null,
    upstream: null,
    ahead: 0,
    behind: 0,
    unfinished: await unfinished(checkout.gitDir),
    changes: [],
    truncated: false,
  };
  for (const line of output.toString().split("\0")) {
    if (line.startsWith("# ")) readHeader(status, line.slice(2));
    else if (line !== "") {
      const change = changeOf(line, checkout);
      if (change === null) continue;
      if (status.changes.length < MOST_CHANGES)
        status.changes.push({ ...change, stamp: await stampOf(checkout, change.path) });
      else status.truncated = true;
    }
  }
  return status;
}

function readHeader(status: GitStatus, line: string): void {
  const [key, ...rest] = line.split(" ");
  const value = rest.join(" ");
  if (key === "branch.oid" && value !== "(initial)") status.head = value;
  if (key === "branch.head" && value !== "(detached)") status.branch = value;
  if (key === "branch.upstream") status.upstream = value;
  if (key !== "branch.ab") return;
  const [ahead = 0, behind = 0] = rest.map((count) => Math.abs(Number(count)));
  Object.assign(status, { ahead, behind });
}

/** One line of porcelain v2: how many fields come before the path hangs on its kind. */
function changeOf(line: string, checkout: Checkout): Pick<GitChange, "path" | "state"> | null {
  const kind = line[0];
  const fields = { "1": 8, u: 10, "?": 1 }[kind ?? ""];
  if (fields === undefined) return null;
  const path = checkout.inFolder(line.split(" ").slice(fields).join(" "));
  // A repository in the repository, which is none of our files.
  if (path === null || path.endsWith("/")) return null;
  if (kind === "u") return { path, state: "conflict" };
  if (kind === "?") return { path, state: "new" };
  const [index, tree] = [line[2], line[3]];
  if (tree === "D" || (index === "D" && tree === ".")) return { path, state: "deleted" };
  return { path, state: index === "A" ? "new" : "modified" };
}

async function stampOf(checkout: Checkout, path: string): Promise<string> {
  const stats = await lstat(join(checkout.top, checkout.inTree(path))).catch(() => null);
  return stats === null ? "absent" : `${stats.ino}:${stats.size}:${stats.mtimeMs}:${stats.ctimeMs}`;
}

/** What git has begun here and not ended. */
async function unfinished(gitDir: string): Promise<GitStatus["unfinished"]> {
  const signs: readonly [string, Exclude<GitStatus["unfinished"], null>][] = [
    ["MERGE_HEAD", "merge"],
    ["rebase-merge", "rebase"],
    ["rebase-apply", "rebase"],
    ["CHERRY_PICK_HEAD", "cherry-pick"],
    ["REVERT_HEAD", "revert"],
    ["BISECT_LOG", "bisect"],
  ];
  for (const [name, what] of signs) if (await lstat(join(gitDir, name)).catch(() => null)) return what;
  return null;
}
