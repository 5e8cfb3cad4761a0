import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { AttemptSpec } from "#lib/contracts/attempt.ts";
import type { RuntimeName } from "#lib/contracts/runtime.ts";
import { attemptPaths } from "./attempt-folder.ts";

/** A way of keeping KIWI apart from its host. */
export type Runtime = {
  /** Makes an attempt's folder ready for it, before KIWI's first step. */
  prepare(dir: string): Promise<void>;
  /**
   * The words in front of KIWI's command line. Their program has one child, which is asked to end by SIGTERM; it writes to
   * file descriptor 3 when KIWI is about to start, and ends as KIWI does.
   */
  enter(dir: string, spec: AttemptSpec): string[];
};

const script = (name: string) => join(import.meta.dirname, `${name}.sh`);

/** With the end of `unshare` (kill-child) the kernel ends everything in the process namespace. */
const NAMESPACES = [
  ...["unshare", "--mount", "--pid", "--uts", "--ipc", "--fork", "--kill-child=KILL", "--mount-proc"],
  ...["--propagation", "private", "--", "bash", script("namespaces")],
];

const host: Runtime = {
  prepare: async () => {},
  enter: () => ["setsid", "--fork", "--wait", "bash", script("init")],
};

const namespaces: Runtime = {
  prepare: async () => {},
  enter: (dir, { hidden = [] }) => [...NAMESPACES, dir, "", ...hidden, "--"],
};

/** What KIWI is to write belongs to the user who is its root. */
const userNamespace: Runtime = {
  async prepare(dir) {
    const { description, stages, secrets, target, cache, temporary, containers } = attemptPaths(dir);
    const owner = `${firstUser(dir)}:${firstUser(dir)}`;
    const folders = [description, stages, secrets, target, cache, temporary, containers];
    await promisify(execFile)("chown", ["--recursive", "--no-dereference", owner, ...folders.filter(existsSync)]);
  },
  enter: (dir, { hidden = [] }) => [...NAMESPACES, dir, String(firstUser(dir)), ...hidden, "--"],
};

/** No attempt is ever given to it: the builder refuses such a wish with the reason. */
const box: Runtime = {
  prepare: () => Promise.reject(new Error("Builds in a box cannot be made here.")),
  enter: () => ["false"],
};

const RUNTIMES: Record<RuntimeName, Runtime> = { host, namespaces, "user-namespace": userNamespace, box };

/** The runtime of an attempt. Those of earlier versions had no other than namespaces. */
export function runtimeOf({ runtime = "namespaces" }: AttemptSpec): Runtime {
  return RUNTIMES[runtime];
}

/**
 * The first of the host's 65536 user and group ids for an attempt's user namespace: in a range that no account has, and
 * hardly ever the same for two attempts, so that builds have no power over each other either.
 */
export function firstUser(dir: string): number {
  return (0x5000 + (createHash("sha256").update(dir).digest().readUInt16BE() % 0x1000)) * 0x10000;
}
