import { planRetention } from "#lib/builds/retention.ts";
import { buildRequestSchema } from "#lib/contracts/build.ts";
import { type BuilderStatus, builderStatusSchema, doctorReportSchema } from "#lib/contracts/builder.ts";
import { preflightReportSchema } from "#lib/contracts/preflight.ts";
import { retentionPlanSchema } from "#lib/contracts/retention.ts";
import { buildsWithResults } from "#server/db/index.ts";
import { buildNeedsOf } from "../build-needs-of.ts";
import { BuilderUnreachable } from "../builder-client.ts";
import { procedure } from "../procedures.ts";
import { router } from "../trpc.ts";

/** What is known of a builder that does not answer. */
const offline: BuilderStatus = {
  online: false,
  problem: "The builder does not answer. It is started again by itself; if this lasts, look into its log.",
  hostName: null,
  architecture: null,
  kiwi: null,
  missingOptions: [],
  runtimes: [],
  slots: 0,
  running: [],
};

export const builderRouter = router({
  status: procedure.output(builderStatusSchema).query(({ ctx }) =>
    ctx.services.builder.status().catch((error: unknown) => {
      if (error instanceof BuilderUnreachable) return offline;
      throw error;
    }),
  ),
  /** What a build with these choices will find on the builder; null where the description has no such type. */
  preflight: procedure
    .input(buildRequestSchema.pick({ description: true, profiles: true, type: true }))
    .output(preflightReportSchema.nullable())
    .query(async ({ ctx, input: { description, profiles, type } }) => {
      const { builder, config } = ctx.services;
      const { architecture } = await builder.status();
      const choice = { profiles, type, architecture: architecture ?? "" };
      const needs = await buildNeedsOf(config.workspaceDir, description, choice);
      return needs === null ? null : builder.preflight(needs);
    }),
  /** Which results go next, and why. */
  retention: procedure
    .output(retentionPlanSchema)
    .query(async ({ ctx: { services } }) =>
      planRetention(await buildsWithResults(await services.database()), services.config.retention, new Date()),
    ),
  doctor: procedure.output(doctorReportSchema).query(({ ctx }) => ctx.services.builder.doctor()),
});
