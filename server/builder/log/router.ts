import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { buildIdSchema } from "#lib/contracts/build.ts";
import {
  type LogFindings,
  type LogMap,
  type LogPlace,
  type LogWindow,
  logSearchSchema,
  logViewSchema,
  logWindowSchema,
} from "#lib/contracts/log.ts";
import { stripAnsi } from "#lib/kiwi/log/ansi.ts";
import { attemptFolder } from "../builds-folder.ts";
import { trpc } from "../trpc.ts";
import type { LogDesk } from "./desk.ts";
import type { StoredLog } from "./stored-log.ts";

const attemptSchema = z.object({ build: buildIdSchema, attempt: z.int().min(0).max(999_999) });

/** Questions about the log of an attempt. NOT_FOUND where it has none (yet). */
const procedure = trpc.procedure.input(attemptSchema).use(async ({ ctx: { logs }, input, next }) => {
  const log = await logs.library.open(attemptFolder(logs.buildsDir, input.build, input.attempt));
  if (log === null) throw new TRPCError({ code: "NOT_FOUND", message: "There is no such log." });
  return next({ ctx: { log, logs } });
});

export const logRouter = trpc.router({
  window: procedure.input(logWindowSchema).query(async ({ ctx: { log, logs }, input }): Promise<LogWindow> => {
    await log.freshen();
    const { headers, ...window } = await log.window(input.view, input.from, input.count);
    return input.query === null
      ? window
      : { ...window, rows: await marked(log, logs, input.query, window.rows, headers) };
  }),
  place: procedure
    .input(z.object({ view: logViewSchema, line: z.int().positive() }))
    .query(({ ctx: { log }, input }): LogPlace => log.place(input.view, input.line)),
  search: procedure
    .input(logSearchSchema)
    .query(({ ctx: { log, logs }, input }): Promise<LogFindings> => logs.searches.find(log, input)),
  map: procedure
    .input(z.object({ parts: z.int().min(1).max(1000) }))
    .query(({ ctx: { log }, input }): LogMap => log.map(input.parts)),
  /** The bytes of the lines [first, last]. */
  bytes: procedure
    .input(z.object({ first: z.int().positive(), last: z.int().positive() }))
    .query(async ({ ctx: { log }, input }): Promise<{ from: number; to: number }> => {
      await log.freshen();
      return { from: await log.offsetOf(input.first), to: await log.offsetOf(input.last + 1) };
    }),
  /** The first line that begins at a byte or behind it. */
  lineAfter: procedure
    .input(z.object({ offset: z.int().nonnegative() }))
    .query(async ({ ctx: { log }, input }): Promise<{ line: number; offset: number }> => {
      await log.freshen();
      const line = input.offset === 0 ? 1 : (await log.lineAt(input.offset - 1)) + 1;
      return { line, offset: await log.offsetOf(line) };
    }),
});

async function marked(
  log: StoredLog,
  { searches }: LogDesk,
  query: z.infer<typeof logSearchSchema>["query"],
  rows: LogWindow["rows"],
  headers: string[],
): Promise<LogWindow["rows"]> {
  const texts = rows.map(({ text }, row) => ({ header: headers[row] ?? "", text: stripAnsi(text) }));
  const marks = await searches.marks(log, query, texts);
  return rows.map((row, at) => ({ ...row, hits: marks[at] ?? [] }));
}
