import { z } from "zod";
import { buildOptionsSchema } from "./build-options.ts";
import { relativePathSchema } from "./description.ts";
import { logSummarySchema, shownLineSchema } from "./log.ts";
import { phaseFiguresSchema } from "./phase-figures.ts";
import { removalSchema } from "./retention.ts";
import { reuseSchema } from "./reuse.ts";
import { runtimeNameSchema } from "./runtime.ts";
import { sourcesSchema } from "./sources.ts";

/**
 * The states of a build. The last five are final.
 *
 * queued -> preparing -> running -> succeeded | failed | interrupted
 * queued | preparing | running -> cancelling -> cancelled
 */
export const buildStateSchema = z.enum([
  "queued",
  "preparing",
  "running",
  "cancelling",
  "succeeded",
  "failed",
  "cancelled",
  "interrupted",
]);
export type BuildState = z.infer<typeof buildStateSchema>;

export const architectureSchema = z.enum(["x86_64", "aarch64", "riscv64", "ppc64le", "s390x", "armv7l", "i686"]);

/** A name that KIWI takes for a profile; no leading dash, so that it can never be read as an option. */
export const profileNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9_.+][A-Za-z0-9_.+-]*$/)
  .max(128);

/** A build wish, as the browser and the command line tool send it. */
export const buildRequestSchema = z.object({
  /** Id of the description: the path of its image file in the workspace. */
  description: relativePathSchema,
  profiles: z.array(profileNameSchema).max(64).default([]),
  /** The `image=` value to build; absent = KIWI's own choice (primary type, else the first). */
  type: z
    .string()
    .regex(/^[a-z0-9]+$/)
    .max(16)
    .optional(),
  /** Target architecture; absent = that of the builder. */
  architecture: architectureSchema.optional(),
  /** Absent = the usual ones. */
  options: buildOptionsSchema.optional(),
});
export type BuildRequest = z.infer<typeof buildRequestSchema>;

export const buildIdSchema = z.uuid();

/** One file that a build left for its user. */
export const resultFileSchema = z.object({
  /** KIWI's key for it in kiwi.result.json, for example `disk_image`. */
  key: z.string(),
  /** File name inside the build's results folder. */
  name: z.string(),
  size: z.number(),
  sha256: z.string(),
});
export type ResultFile = z.infer<typeof resultFileSchema>;

/** A build as lists and pages show it. Times are ISO 8601 in UTC. */
export const buildSchema = z.object({
  id: buildIdSchema,
  description: z.string(),
  /** The image's name and version, as they were when the build was requested. */
  imageName: z.string().nullable(),
  imageVersion: z.string().nullable(),
  profiles: z.array(z.string()),
  type: z.string().nullable(),
  architecture: z.string(),
  /** As they were asked for, but without passwords. */
  options: buildOptionsSchema,
  state: buildStateSchema,
  /** Why the build is in this final state, in words; null while it goes on and after success. */
  reason: z.string().nullable(),
  exitCode: z.number().nullable(),
  requestedBy: z.string(),
  queuedAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** Attempt number: 0 for the first, one more each time the queue gave the build to a builder again. */
  attempt: z.number(),
  /** The exact command lines, one element an argument, `&&` between the two; null before they are known. */
  command: z.array(z.string()).nullable(),
  kiwiVersion: z.string().nullable(),
  /** What its repositories held; null where nobody looked. */
  sources: sourcesSchema.nullable(),
  /** What it took over from an earlier build; null before it is known. */
  reuse: reuseSchema.nullable(),
  /** What kept it apart from its host; null before it is known. */
  runtime: runtimeNameSchema.nullable(),
  logBytes: z.number().nullable(),
  logSha256: z.string().nullable(),
  results: z.array(resultFileSchema),
  /** Somebody has said that its results are to stay. */
  kept: z.boolean(),
  /** That its results are gone, and why; null while they are there. */
  removed: removalSchema.nullable(),
  /** What makes the result doubtful, though the build did not fail. */
  warnings: z.array(z.string()),
  /** KIWI's phases with what they took; empty until the build is over. */
  phases: z.array(phaseFiguresSchema),
  /** Names the snapshot of the description's files that is built. */
  snapshot: z.string(),
  /** Position in the store of the last event of this build. */
  eventSeq: z.number(),
});
export type Build = z.infer<typeof buildSchema>;

/**
 * The position of a reader in a build's two stores: events seen, and bytes of the log of one attempt told of.
 * Written `seq:attempt:offset`; it is the id of server-sent events, so that a reconnecting browser goes on where it stopped.
 */
export const watchPositionSchema = z.string().regex(/^\d+:\d+:\d+$/);

/** What `builds.watch` sends. */
export const watchEventSchema = z.discriminatedUnion("kind", [
  /** The build's record, sent first and after every change of state. */
  z.object({ kind: z.literal("build"), build: buildSchema }),
  /** What is true of the log of `attempt` now, and the newest of the lines that have come since the position before. */
  z.object({ kind: z.literal("log"), attempt: z.number(), summary: logSummarySchema, rows: z.array(shownLineSchema) }),
  /** The log is complete, and everything of it has been told. */
  z.object({ kind: z.literal("end"), attempt: z.number(), bytes: z.number(), sha256: z.string().nullable() }),
  /** The builder cannot be reached at the moment; the build may well go on. */
  z.object({ kind: z.literal("waiting"), reason: z.string() }),
]);
export type WatchEvent = z.infer<typeof watchEventSchema>;
