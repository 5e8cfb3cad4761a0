import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import type { AttemptExit, AttemptOutcome, ProcessIdentity } from "#lib/contracts/attempt.ts";
import type { Settlement } from "#server/db/index.ts";
import { signalProcess } from "#server/platform/process-identity.ts";
import { writeExit } from "./runner/attempt-folder.ts";

/** Ends an attempt that no runner has begun. Afterwards its log, which is empty, counts as complete. */
export async function endUnstarted(dir: string, outcome: AttemptOutcome, reason: string): Promise<AttemptExit> {
  const exit = withoutWork(outcome, reason);
  await mkdir(dir, { recursive: true });
  await writeExit(dir, exit);
  return exit;
}

/** Ends an attempt whose folder somebody deletes under its runner; who does that wants no new file in it. */
export function endDeleted(runner: ProcessIdentity | null): AttemptExit {
  // Everything of the build dies with its runner.
  if (runner !== null) signalProcess(runner, "SIGKILL");
  return withoutWork("interrupted", "The build's folder was deleted while it was running.");
}

function withoutWork(outcome: AttemptOutcome, reason: string): AttemptExit {
  return {
    outcome,
    reason,
    exitCode: null,
    signal: null,
    forced: false,
    endedAt: new Date().toISOString(),
    logBytes: 0,
    logSha256: createHash("sha256").digest("hex"),
    results: [],
    warnings: [],
    phases: [],
    residue: [],
  };
}

/** What the database keeps of an end. */
export function toSettlement(exit: AttemptExit): Settlement {
  const { outcome, reason, exitCode, logBytes, logSha256, results, warnings, phases } = exit;
  return { outcome, reason, exitCode, logBytes, logSha256, results, warnings, phases };
}
