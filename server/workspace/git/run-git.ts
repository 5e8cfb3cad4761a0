import { spawn } from "node:child_process";
import { childEnvironment } from "#server/platform/child-environment.ts";
import { systemCode, WorkspaceError } from "../workspace-error.ts";

/** What a run of git may take. */
const MOST_OUTPUT = 32 * 1024 * 1024;
const MOST_ERRORS = 64 * 1024;
const LOOK_SECONDS = 30;

/** Settings of git, by their keys; of those that hold one value the last one counts. */
export type GitSettings = readonly (readonly [key: string, value: string])[];

export interface GitOptions {
  /** Goes to its standard input. */
  input?: string;
  /** Milliseconds after which it is ended. */
  timeout?: number;
  /** More of its environment. */
  environment?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** Told of each piece of what it says of its progress. */
  onProgress?: (text: string) => void;
}

export interface GitAnswer {
  code: number;
  output: Buffer;
  /** What it has to say for people. */
  said: string;
}

/**
 * Settings that win over those of the repository: none of its programs runs for us. Looking at a checkout would otherwise
 * start whatever its configuration names.
 */
const settings: GitSettings = [
  ["core.fsmonitor", "false"],
  ["core.hooksPath", "/dev/null"],
  ["core.alternateRefsCommand", "true"],
  ["core.askPass", ""],
  ["core.gitProxy", ""],
  ["core.pager", "cat"],
  ["core.editor", "false"],
  ["core.quotePath", "false"],
  ["commit.gpgSign", "false"],
  ["log.showSignature", "false"],
  ["merge.verifySignatures", "false"],
  ["merge.autoStash", "false"],
  ["push.gpgSign", "false"],
  ["gpg.program", "false"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
  ["submodule.recurse", "false"],
  ["fetch.recurseSubmodules", "false"],
  ["push.recurseSubmodules", "no"],
  ["diff.ignoreSubmodules", "all"],
  ["credential.helper", ""],
  ["protocol.allow", "never"],
];

/** Runs git, with nothing of our own environment. Throws WorkspaceError where there is none, or where it takes too long. */
export function runGit(
  args: readonly string[],
  searchPath: string,
  { input = "", timeout = LOOK_SECONDS * 1000, environment = {}, signal, onProgress }: GitOptions = {},
  more: GitSettings = [],
): Promise<GitAnswer> {
  const all = [...settings, ...more];
  const config = Object.fromEntries(
    all.flatMap(([key, value], at) => [
      [`GIT_CONFIG_KEY_${at}`, key],
      [`GIT_CONFIG_VALUE_${at}`, value],
    ]),
  );
  const env = childEnvironment({
    PATH: searchPath,
    LC_ALL: "C.UTF-8",
    HOME: "/nonexistent",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_LAZY_FETCH: "1",
    // No way out, unless somebody asks for one.
    GIT_ALLOW_PROTOCOL: "none",
    GIT_CONFIG_COUNT: String(all.length),
    ...config,
    ...environment,
  });
  return new Promise((resolve, reject) => {
    // A group of its own, so that what git starts ends with it.
    const child = spawn("git", ["--no-pager", ...args], { env, cwd: "/", stdio: "pipe", detached: true });
    const parts: Buffer[] = [];
    let size = 0;
    let said = "";
    let failure: WorkspaceError | undefined;
    // What was begun is over only when all that git has started is gone.
    const stop = (why: string) => {
      failure ??= new WorkspaceError("refused", why);
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // It has ended by itself.
      }
    };
    const timer = setTimeout(() => stop("git took too long and was stopped."), timeout);
    const givenUp = () => stop("git was stopped.");
    const settled = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", givenUp);
    };
    signal?.addEventListener("abort", givenUp);
    if (signal?.aborted) givenUp();
    child.stdout.on("data", (part: Buffer) => {
      size += part.length;
      if (size > MOST_OUTPUT) stop("git has more to tell than can be shown.");
      else parts.push(part);
    });
    child.stderr.on("data", (part: Buffer) => {
      said = (said + part.toString()).slice(-MOST_ERRORS);
      onProgress?.(part.toString());
    });
    child.on("error", (error) => {
      settled();
      const absent = systemCode(error) === "ENOENT";
      reject(absent ? new WorkspaceError("not-found", "git is not installed on this machine.") : error);
    });
    child.on("close", (code) => {
      settled();
      if (failure) reject(failure);
      else resolve({ code: code ?? -1, output: Buffer.concat(parts), said });
    });
    // It need not read it.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

let checked: Promise<void> | undefined;

/** Throws WorkspaceError where there is no git, or one that does not take settings the way we give them. */
export function checkGit(searchPath: string): Promise<void> {
  checked ??= runGit(["version"], searchPath)
    .then(({ output }) => {
      const [, major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(output.toString())?.map(Number) ?? [];
      if (major > 2 || (major === 2 && minor >= 31)) return;
      throw new WorkspaceError("not-found", "The git of this machine is too old: 2.31 is needed.");
    })
    .catch((error: unknown) => {
      // It may be installed meanwhile.
      checked = undefined;
      throw error;
    });
  return checked;
}
