import { TRPCError, tracked } from "@trpc/server";
import { z } from "zod";
import { isFinal } from "#lib/builds/state.ts";
import {
  type Build,
  buildIdSchema,
  buildRequestSchema,
  buildSchema,
  watchPositionSchema,
} from "#lib/contracts/build.ts";
import { buildComparisonSchema } from "#lib/contracts/build-comparison.ts";
import {
  buildContentsSchema,
  buildDifferencesSchema,
  folderContentsSchema,
  historyPointSchema,
  packageReasonSchema,
  weightsSchema,
} from "#lib/contracts/build-contents.ts";
import { relativePathSchema } from "#lib/contracts/description.ts";
import { explanationSchema } from "#lib/contracts/failure-rule.ts";
import {
  buildsBefore,
  getBuild,
  goodBuilds,
  lastGoodBuild,
  listBuilds,
  requestCancel,
  setKept,
} from "#server/db/index.ts";
import { forgetPasswords } from "#server/platform/build-secrets.ts";
import { buildContents, buildDifferences, historyOf } from "../build-contents.ts";
import { folderOf, imageWeights, whyPackage } from "../build-inventory.ts";
import { watchChanges } from "../changes.ts";
import { compareWithLastGood } from "../compare-build.ts";
import { explainBuild } from "../explain-build.ts";
import { procedure } from "../procedures.ts";
import { findSameBuild } from "../same-build.ts";
import type { Services } from "../services.ts";
import { rerunBuild, startBuild } from "../start-build.ts";
import { router } from "../trpc.ts";
import { parsePosition, watchBuild } from "../watch.ts";

/** More points than this are more than a chart can show. */
const HISTORY_LENGTH = 60;

const buildInput = z.object({ id: buildIdSchema });

export const buildsRouter = router({
  start: procedure
    .input(buildRequestSchema)
    .output(buildInput)
    .mutation(async ({ ctx, input }) => ({ id: (await startBuild(ctx.services, input, ctx.user)).id })),
  list: procedure
    .input(
      z.object({
        description: relativePathSchema.optional(),
        limit: z.int().min(1).max(200).default(50),
        before: buildIdSchema.optional(),
      }),
    )
    .output(z.object({ builds: z.array(buildSchema), next: z.string().nullable() }))
    .query(async ({ ctx, input: { description, limit, before } }) => {
      const builds = await listBuilds(await ctx.services.database(), {
        // One more than asked for tells whether there is a next page.
        limit: limit + 1,
        ...(description === undefined ? {} : { description }),
        ...(before === undefined ? {} : { before }),
      });
      const page = builds.slice(0, limit);
      return { builds: page, next: builds.length > limit ? (page.at(-1)?.id ?? null) : null };
    }),
  get: procedure
    .input(buildInput)
    .output(buildSchema)
    .query(async ({ ctx, input }) => await buildOf(ctx, input.id)),
  /** What a build that waits is waiting for. */
  queue: procedure
    .input(buildInput)
    .output(z.object({ before: z.int(), running: z.int(), slots: z.int() }))
    .query(async ({ ctx, input }) => {
      const [build, { running, slots }] = await Promise.all([buildOf(ctx, input.id), ctx.services.builder.status()]);
      return { before: await buildsBefore(await ctx.services.database(), build), running: running.length, slots };
    }),
  /** Why a build ended as it did: causes with their places in the description, and warnings. */
  explanation: procedure
    .input(buildInput)
    .output(z.object({ explanations: z.array(explanationSchema), rulesProblem: z.string().nullable() }))
    .query(async ({ ctx, input }) => explainBuild(ctx.services, await buildOf(ctx, input.id))),
  /** What is different from the last good build of the same kind; null where there is none. */
  sinceLastGood: procedure
    .input(buildInput)
    .output(buildComparisonSchema.nullable())
    .query(async ({ ctx, input }) => compareWithLastGood(ctx.services, await buildOf(ctx, input.id))),
  /** What is in the image. */
  contents: procedure
    .input(buildInput)
    .output(buildContentsSchema)
    .query(async ({ ctx, input }) => buildContents(ctx.services, await buildOf(ctx, input.id))),
  /** Where the bytes of the image came from; null where nothing is known of it. */
  weights: procedure
    .input(buildInput)
    .output(weightsSchema.nullable())
    .query(async ({ ctx, input }) => imageWeights(ctx.services, await buildOf(ctx, input.id))),
  /** What a folder of the image weighs, "" being its root; null where nothing is known of it. */
  folder: procedure
    .input(buildInput.extend({ path: z.string().max(4096) }))
    .output(folderContentsSchema.nullable())
    .query(async ({ ctx, input }) => folderOf(ctx.services, await buildOf(ctx, input.id), input.path)),
  /** Why a package is in the image; null where nothing is known of it. */
  why: procedure
    .input(buildInput.extend({ name: z.string().max(256) }))
    .output(packageReasonSchema.nullable())
    .query(async ({ ctx, input }) => whyPackage(ctx.services, await buildOf(ctx, input.id), input.name)),
  /** The good build of the same kind before this one, by its id; null where there is none. */
  lastGood: procedure
    .input(buildInput)
    .output(buildIdSchema.nullable())
    .query(async ({ ctx, input }) => {
      const db = await ctx.services.database();
      return (await lastGoodBuild(db, existing(await getBuild(db, input.id))))?.id ?? null;
    }),
  /** Any two builds side by side. */
  differences: procedure
    .input(z.object({ before: buildIdSchema, after: buildIdSchema }))
    .output(buildDifferencesSchema)
    .query(async ({ ctx, input }) => {
      const db = await ctx.services.database();
      const [before, after] = await Promise.all([getBuild(db, input.before), getBuild(db, input.after)]);
      return buildDifferences(ctx.services, existing(before), existing(after));
    }),
  /** The last good builds of a description, oldest first. */
  history: procedure
    .input(z.object({ description: relativePathSchema }))
    .output(z.array(historyPointSchema))
    .query(async ({ ctx, input }) =>
      historyOf(ctx.services, await goodBuilds(await ctx.services.database(), input.description, HISTORY_LENGTH)),
    ),
  /** The newest good build of the files as they are now, with what its inputs differ in; null where there is none. */
  same: procedure
    .input(buildRequestSchema)
    .output(
      z
        .object({ id: buildIdSchema, endedAt: z.iso.datetime().nullable(), differences: z.array(z.string()) })
        .nullable(),
    )
    .query(({ ctx, input }) => findSameBuild(ctx.services, input)),
  cancel: procedure.input(buildInput).mutation(async ({ ctx, input }) => {
    const { state } = existing(await requestCancel(await ctx.services.database(), input.id));
    // No builder has seen a build that is over at once.
    if (isFinal(state)) await forgetPasswords(ctx.services.config.paths.secrets, input.id);
  }),
  /** Says whether its results are to stay, whatever is removed otherwise. */
  keep: procedure.input(buildInput.extend({ kept: z.boolean() })).mutation(async ({ ctx, input: { id, kept } }) => {
    if (!(await setKept(await ctx.services.database(), id, kept)))
      throw new TRPCError({ code: "NOT_FOUND", message: "This build has no results any more." });
  }),
  rerun: procedure
    .input(buildInput)
    .output(buildInput)
    .mutation(async ({ ctx, input }) => ({ id: (await rerunBuild(ctx.services, input.id, ctx.user)).id })),
  /** Everything of one build from a position on, until the build has ended and its log is complete. */
  watch: procedure
    .input(buildInput.extend({ lastEventId: watchPositionSchema.nullish() }))
    .subscription(async function* ({ ctx, input, signal }) {
      const from = input.lastEventId ? parsePosition(input.lastEventId) : null;
      for await (const { position, event } of watchBuild(ctx.services, input.id, from, signal))
        yield tracked(position, event);
    }),
  /** Changes of state of all builds, for lists. */
  changes: procedure
    .input(
      z
        .object({
          lastEventId: z
            .string()
            .regex(/^\d{1,15}$/)
            .nullish(),
        })
        .optional(),
    )
    .subscription(async function* ({ ctx, input, signal }) {
      const from = input?.lastEventId ? Number(input.lastEventId) : null;
      for await (const { position, change } of watchChanges(ctx.services, from, signal))
        yield tracked(String(position), change);
    }),
});

async function buildOf({ services }: { services: Services }, id: string): Promise<Build> {
  return existing(await getBuild(await services.database(), id));
}

function existing(build: Build | null): Build {
  if (!build) throw new TRPCError({ code: "NOT_FOUND", message: "There is no such build." });
  return build;
}
