import { z } from "zod";
import { buildIdSchema } from "#lib/contracts/build.ts";
import {
  logFindingsSchema,
  logMapSchema,
  logPlaceSchema,
  logSearchSchema,
  logViewSchema,
  logWindowAnswerSchema,
  logWindowSchema,
} from "#lib/contracts/log.ts";
import { procedure } from "../procedures.ts";
import { router } from "../trpc.ts";

const ofAttempt = procedure.input(z.object({ build: buildIdSchema, attempt: z.int().min(0).max(999_999) }));

/** Windows of stored logs, and searches in them; null where there is no such log. */
export const logsRouter = router({
  window: ofAttempt
    .input(logWindowSchema)
    .output(logWindowAnswerSchema.nullable())
    .query(({ ctx, input }) => ctx.services.builder.logs.window(input)),
  /** Where a line stands in a view. */
  place: ofAttempt
    .input(z.object({ view: logViewSchema, line: z.int().positive() }))
    .output(logPlaceSchema.nullable())
    .query(({ ctx, input }) => ctx.services.builder.logs.place(input)),
  search: ofAttempt
    .input(logSearchSchema)
    .output(logFindingsSchema.nullable())
    .query(({ ctx, input }) => ctx.services.builder.logs.search(input)),
  map: ofAttempt
    .input(z.object({ parts: z.int().min(1).max(1000) }))
    .output(logMapSchema.nullable())
    .query(({ ctx, input }) => ctx.services.builder.logs.map(input)),
});
