import { copyFile, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { WorkspaceError } from "../workspace-error.ts";
import type { Checkout } from "./checkout.ts";
import { withoutLogins } from "./explain-git.ts";
import { refuseAnyFiltered } from "./filters.ts";
import type { GitOptions, GitSettings } from "./run-git.ts";
import { gitStatus } from "./status.ts";

const REMOTE_SECONDS = 300;
/** What git may use on its way to a remote. */
export interface RemoteAccess {
  /** The workspace; repositories in it are the only ones of this machine that may be reached. */
  workspace: string;
  /** A file of logins, an address with user and password a line (git-credential-store); absent = none. */
  credentials?: string | undefined;
  /** The variables that name a proxy. */
  proxy?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

/** Takes over what the upstream has, where nothing of ours stands in the way. */
export async function pull(checkout: Checkout, access: RemoteAccess): Promise<void> {
  const { remote, upstream } = await upstreamOf(checkout);
  await refuseAnyFiltered(checkout);
  await withRemote(checkout, remote, access, (options, program) =>
    checkout.git(
      [
        "fetch",
        "--quiet",
        "--no-recurse-submodules",
        "--no-auto-maintenance",
        `--upload-pack=${program("upload-pack")}`,
        "--",
        remote,
      ],
      options,
    ),
  );
  await checkout.git(["merge", "--quiet", "--ff-only", upstream]);
}

/** Sends the commits of the present branch to its upstream; one without gets a branch of its name on the only remote. */
export async function push(checkout: Checkout, access: RemoteAccess): Promise<void> {
  const { branch } = await gitStatus(checkout);
  if (branch === null) throw new WorkspaceError("refused", "No branch is checked out. Switch to one first.");
  const known = await upstreamOf(checkout).catch(() => null);
  const remote = known?.remote ?? (await onlyRemote(checkout));
  const target = known?.target ?? `refs/heads/${branch}`;
  await withRemote(checkout, remote, access, (options, program) =>
    checkout.git(
      [
        "push",
        "--quiet",
        "--no-verify",
        `--receive-pack=${program("receive-pack")}`,
        ...(known ? [] : ["--set-upstream"]),
        "--",
        remote,
        `refs/heads/${branch}:${target}`,
      ],
      options,
    ),
  );
}

async function upstreamOf(checkout: Checkout): Promise<{ remote: string; upstream: string; target: string }> {
  const { branch, upstream } = await gitStatus(checkout);
  const get = async (key: string) => (await checkout.try(["config", "--get", `branch.${branch}.${key}`])).output;
  const [remote, target] = [String(await get("remote")).trim(), String(await get("merge")).trim()];
  if (branch === null || upstream === null || remote === "" || remote === "." || remote.startsWith("-"))
    throw new WorkspaceError("refused", "This branch follows no branch of a remote. Push it first.");
  return { remote, upstream: `refs/remotes/${upstream}`, target };
}

async function onlyRemote(checkout: Checkout): Promise<string> {
  const remotes = (await checkout.git(["remote"])).toString().split("\n").filter(Boolean);
  const [remote, ...others] = remotes;
  if (remote === undefined || remote.startsWith("-"))
    throw new WorkspaceError("refused", "This checkout has no remote. Add one by hand: git remote add origin ADDRESS.");
  if (others.length > 0 && !remotes.includes("origin"))
    throw new WorkspaceError("refused", "There are several remotes. Push by hand once, with --set-upstream.");
  return remotes.includes("origin") ? "origin" : remote;
}

async function withRemote<Result>(
  checkout: Checkout,
  remote: string,
  access: RemoteAccess,
  work: (options: GitOptions & { settings: GitSettings }, program: (name: string) => string) => Promise<Result>,
): Promise<Result> {
  const urls = (await checkout.git(["remote", "get-url", "--all", "--", remote])).toString().trim().split("\n");
  const pushUrls = (await checkout.git(["remote", "get-url", "--push", "--all", "--", remote])).toString().trim();
  const kinds = await Promise.all(
    [...urls, ...pushUrls.split("\n")].map((url) => addressKind(url, access.workspace, checkout.top)),
  );
  const isLocal = kinds.includes("file");
  return withAccess(access, isLocal, (options) => work(options, (name) => programOf(name, isLocal)));
}

/**
 * The program of the other side, `upload-pack` or `receive-pack`. It is named outright, because of several settings of the
 * repository git takes the first. Where the other side is this machine, its hooks do not run for us.
 */
export function programOf(name: string, isLocal: boolean): string {
  if (!isLocal) return `git-${name}`;
  return `git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c core.alternateRefsCommand=true ${name}`;
}

/** What git gets for a way to a remote: kinds of addresses, ssh that asks nothing, logins from a copy of their file. */
export async function withAccess<Result>(
  { credentials, proxy, signal }: RemoteAccess,
  isLocal: boolean,
  work: (options: GitOptions & { settings: GitSettings }) => Promise<Result>,
): Promise<Result> {
  // A copy, because git strikes logins that were refused from the file.
  const folder = credentials === undefined ? null : await mkdtemp(join(tmpdir(), "git-logins-"));
  try {
    const settings: [string, string][] = [["http.followRedirects", "initial"]];
    if (folder !== null && credentials !== undefined) {
      await copyFile(credentials, join(folder, "logins")).catch(() => {
        throw new WorkspaceError("refused", "The file of KIWI_WORKBENCH_GIT_CREDENTIALS cannot be read.");
      });
      settings.push(["credential.helper", `store --file='${join(folder, "logins").replaceAll("'", "'\\''")}'`]);
    }
    const environment = {
      ...proxy,
      GIT_ALLOW_PROTOCOL: isLocal ? "file" : "https:ssh",
      GIT_SSH_COMMAND: "ssh -o BatchMode=yes -o ConnectTimeout=20 -o ClearAllForwardings=yes",
      GIT_SSH_VARIANT: "ssh",
    };
    return await work({ timeout: REMOTE_SECONDS * 1000, environment, signal, settings });
  } finally {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}

/**
 * What kind of address this is. Throws WorkspaceError for those that are not allowed: programs (`ext::`), files out of the
 * workspace, protocols without encryption, and what git would take for an option.
 */
export async function addressKind(url: string, workspace: string, base = workspace): Promise<"https" | "ssh" | "file"> {
  if (url === "" || url.startsWith("-") || /[\s\0-\x1f\x7f]/.test(url)) throw refused(url, "It is no address.");
  if (/^https:\/\/[^/]/i.test(url)) {
    if (URL.parse(url)?.password)
      throw refused(url, "It has a password in it. Put it into the file that KIWI_WORKBENCH_GIT_CREDENTIALS names.");
    return "https";
  }
  const host =
    /^ssh:\/\/([^/]+)(?:\/|$)/i.exec(url)?.[1] ?? /^((?:[^@:/]+@)?(?:\[[^\]/]+\]|[^@:/]+)):(?!:|\/\/)/.exec(url)?.[1];
  if (host !== undefined && host.toLowerCase() !== "file" && host.split("@").every(isSafeHostPart)) return "ssh";
  const scheme = /^([\w+.-]+):/.exec(url)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== "file")
    throw refused(url, `"${scheme}:" is not allowed here; use https: or ssh:.`);
  const path = scheme === "file" ? (URL.canParse(url) ? fileURLToPath(url) : "") : resolve(base, url);
  const root = await realpath(workspace);
  const real = await realpath(path).catch(() => null);
  if (real === null || !real.startsWith(root + sep))
    throw refused(url, "Repositories on this machine must lie in the workspace.");
  return "file";
}

/** A user or host that begins with a dash would be an option of ssh. */
const isSafeHostPart = (part: string) => /^[\w.[][\w.+:[\]-]*$/.test(part);

const refused = (url: string, why: string) =>
  new WorkspaceError("refused", `The address "${withoutLogins(url)}" cannot be used. ${why}`);
