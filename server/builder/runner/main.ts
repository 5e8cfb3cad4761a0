import { mkdir, realpath } from "node:fs/promises";
import { identityOf } from "#server/platform/process-identity.ts";
import { runAttempt } from "./attempt.ts";
import { claimRunner, readSpec } from "./attempt-folder.ts";

/**
 * The runner: one process for one attempt, named by its folder. It belongs to nobody: the daemon that started it may end
 * while the build goes on. SIGTERM asks it to cancel the build. It ends when `exit.json` is written.
 */
const cancel = new AbortController();
// Before the claim: as soon as others can know of this runner, they may ask it to cancel.
process.on("SIGTERM", () => cancel.abort());
process.on("SIGHUP", () => {});

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: main.ts ATTEMPT-FOLDER");
const dir = await realpath(folder);

const spec = await readSpec(dir);
if (spec === null) throw new Error(`${dir} has no spec.json.`);
const runner = identityOf(process.pid);
if (runner === null) throw new Error("This process is not in the process table.");

if (await claimRunner(dir, { runner, startedAt: new Date().toISOString() })) {
  // KIWI's cache is a fixed place on the host; each build mounts its own there.
  await mkdir("/var/cache/kiwi", { recursive: true });
  await runAttempt(dir, spec, cancel.signal);
}
