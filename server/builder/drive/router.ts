import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { buildIdSchema } from "#lib/contracts/build.ts";
import { type DriveState, driveWishSchema } from "#lib/contracts/drive.ts";
import { attemptFolder } from "../builds-folder.ts";
import { trpc } from "../trpc.ts";
import { NoMachine } from "./machine.ts";

const attemptSchema = z.object({ build: buildIdSchema, attempt: z.int().min(0).max(999_999) });

const procedure = trpc.procedure
  .input(attemptSchema)
  .use(({ ctx, input, next }) =>
    next({ ctx: { ...ctx, dir: attemptFolder(ctx.logs.buildsDir, input.build, input.attempt) } }),
  );

/** Machines that are started from the images of attempts. */
export const driveRouter = trpc.router({
  start: procedure.input(driveWishSchema).mutation(async ({ ctx: { drives, dir }, input }): Promise<DriveState> => {
    try {
      return await drives.start(dir, input);
    } catch (error) {
      if (!(error instanceof NoMachine)) throw error;
      throw new TRPCError({ code: "PRECONDITION_FAILED", message: error.message });
    }
  }),
  state: procedure.query(({ ctx: { drives, dir } }): Promise<DriveState | null> => drives.state(dir)),
  type: procedure
    .input(z.object({ text: z.string().max(10_000) }))
    .mutation(({ ctx: { drives, dir }, input }) => drives.type(dir, input.text)),
  stop: procedure.mutation(({ ctx: { drives, dir } }) => drives.stop(dir)),
});
