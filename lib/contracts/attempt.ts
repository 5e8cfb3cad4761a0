import { z } from "zod";
import { phaseFiguresSchema } from "./phase-figures.ts";
import { keptRootSchema, reuseSchema } from "./reuse.ts";
import { runtimeNameSchema } from "./runtime.ts";
import { sourcesSchema } from "./sources.ts";

/**
 * The files of an attempt's folder, `builds/<build id>/<attempt>/`. They are the contract between the daemon, the
 * detached runner and the next daemon, which may be of a newer version: add fields, never change their meaning.
 */

/** What a build may take of its host. */
export const buildLimitsSchema = z.object({
  memoryBytes: z.int().positive(),
  processes: z.int().positive(),
  /** Its share of the processors beside others: 100 is that of everything else on the host. */
  cpuWeight: z.int().min(1).max(10_000),
});
export type BuildLimits = z.infer<typeof buildLimitsSchema>;

/** `spec.json`: what the runner is to do. Written by the daemon before the runner is started. */
export const attemptSpecSchema = z.object({
  format: z.literal(1),
  buildId: z.uuid(),
  attempt: z.int().nonnegative(),
  /** KIWI's command line, one element an argument; its paths are absolute. */
  command: z.array(z.string()).min(1),
  /** The packages' part of a build that is made in two; absent = `command` installs them as well. */
  packages: z
    .object({
      /** KIWI's command line that makes a root tree with nothing but packages. */
      command: z.array(z.string()).min(1),
      /** They are in the archive in the target folder already, so the command is not needed. */
      reused: z.boolean(),
      /** Where an archive of them is to be kept for later builds, without its ending, and what is to be noted of it. */
      kept: z.string(),
      note: keptRootSchema.omit({ at: true, bytes: true, obstacle: true }),
      /** Text of the `kiwi.yml` for what follows. */
      runtimeConfig: z.string(),
    })
    .optional(),
  /** What is taken over from an earlier build. */
  reuse: reuseSchema.optional(),
  /** KIWI's second command line, for when the first has ended well and its root tree was looked at; absent = there is none. */
  createCommand: z.array(z.string()).min(1).optional(),
  /** The complete environment of KIWI. */
  environment: z.record(z.string(), z.string()),
  kiwiVersion: z.string(),
  /** Seconds between the polite end (SIGINT) and the forced one (SIGKILL). */
  graceSeconds: z.number().positive(),
  /** Absent = no limits. */
  limits: buildLimitsSchema.optional(),
  /** Folders of the host that the build sees empty. */
  hidden: z.array(z.string()).optional(),
  /** What its repositories held when it was laid out. */
  sources: sourcesSchema.optional(),
  /** What keeps KIWI apart from the host; absent = namespaces. */
  runtime: runtimeNameSchema.optional(),
  /** Text of the attempt's `kiwi.yml`, which the command line names; absent = there is none. */
  runtimeConfig: z.string().optional(),
});
export type AttemptSpec = z.infer<typeof attemptSpecSchema>;

/** A process named so that a reused process id can never be taken for it. */
export const processIdentitySchema = z.object({
  pid: z.int().positive(),
  /** Field 22 of /proc/<pid>/stat: start time in clock ticks since boot. */
  startTime: z.string(),
  /** /proc/sys/kernel/random/boot_id */
  bootId: z.string(),
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

/** `runner.json`: created exclusively by the runner as its first act; a second runner for the same attempt gives up. */
export const runnerRecordSchema = z.object({ runner: processIdentitySchema, startedAt: z.iso.datetime() });
export type RunnerRecord = z.infer<typeof runnerRecordSchema>;

/**
 * `namespace.json`: what of the attempt is on the host beside its folder. Written before the control groups are made, and
 * again for each step of KIWI when its first process is known.
 */
export const namespaceRecordSchema = z.object({
  /** The first process of the step's process namespace: when it is gone, the kernel has ended all others in there. */
  init: processIdentitySchema.optional(),
  /** The process that writes the log; it ends by itself when nobody in the namespace is left. */
  filter: processIdentitySchema.optional(),
  /** Folders of its control groups. */
  groups: z.array(z.string()).optional(),
});
export type NamespaceRecord = z.infer<typeof namespaceRecordSchema>;

/** How an attempt ended, by name. */
export const attemptOutcomeSchema = z.enum([
  /** Exit code 0 and every file of kiwi.result.json is there. */
  "succeeded",
  /** KIWI ended with another exit code, or with 0 but without its results. */
  "failed",
  /** KIWI could not be started at all. */
  "failed-to-start",
  "cancelled",
  /** The runner died before it could tell (host crash, kill -9). Written by the daemon, never by a runner. */
  "interrupted",
]);
export type AttemptOutcome = z.infer<typeof attemptOutcomeSchema>;

/** `exit.json`: written by temporary file and rename when everything is over and cleaned up. */
export const attemptExitSchema = z.object({
  outcome: attemptOutcomeSchema,
  /** In words, for people; null after success. */
  reason: z.string().nullable(),
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  /** The forced end was needed. */
  forced: z.boolean(),
  endedAt: z.iso.datetime(),
  logBytes: z.int().nonnegative(),
  logSha256: z.string(),
  results: z.array(z.object({ key: z.string(), name: z.string(), size: z.number(), sha256: z.string() })),
  /** What makes the result doubtful, in words. */
  warnings: z.array(z.string()).default([]),
  /** What its phases took, as far as it was measured. */
  phases: z.array(phaseFiguresSchema).default([]),
  /** What could not be cleaned up: mounts, loop devices, processes; empty = nothing is left. */
  residue: z.array(z.string()),
});
export type AttemptExit = z.infer<typeof attemptExitSchema>;
