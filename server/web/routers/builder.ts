import { type BuilderStatus, builderStatusSchema, doctorReportSchema } from "#lib/contracts/builder.ts";
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
  doctor: procedure.output(doctorReportSchema).query(({ ctx }) => ctx.services.builder.doctor()),
});
