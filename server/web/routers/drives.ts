import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { buildIdSchema } from "#lib/contracts/build.ts";
import { driveStateSchema, driveWishSchema } from "#lib/contracts/drive.ts";
import { getBuild } from "#server/db/index.ts";
import { NoMachine } from "../builder-client.ts";
import { procedure } from "../procedures.ts";
import { router } from "../trpc.ts";

const ofBuild = procedure.input(z.object({ id: buildIdSchema })).use(async ({ ctx, input, next }) => {
  const build = await getBuild(await ctx.services.database(), input.id);
  if (!build) throw new TRPCError({ code: "NOT_FOUND", message: "There is no such build." });
  return next({ ctx: { drives: ctx.services.builder.drives, of: { build: build.id, attempt: build.attempt } } });
});

/** Machines that are started from the images of builds. */
export const drivesRouter = router({
  start: ofBuild
    .input(driveWishSchema)
    .output(driveStateSchema)
    .mutation(async ({ ctx: { drives, of }, input }) => {
      try {
        return await drives.start({ ...of, ...input });
      } catch (error) {
        if (!(error instanceof NoMachine)) throw error;
        throw new TRPCError({ code: "PRECONDITION_FAILED", message: error.message });
      }
    }),
  /** Null where no machine was ever started from this build's image. */
  state: ofBuild.output(driveStateSchema.nullable()).query(({ ctx: { drives, of } }) => drives.state(of)),
  type: ofBuild
    .input(z.object({ text: z.string().max(10_000) }))
    .mutation(({ ctx: { drives, of }, input }) => drives.type({ ...of, text: input.text })),
  stop: ofBuild.mutation(({ ctx: { drives, of } }) => drives.stop(of)),
});
