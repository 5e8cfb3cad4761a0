import { readFile } from "node:fs/promises";
import { z } from "zod";
import { type BuilderStatus, type DoctorReport, type SchemaText, schemaNameOf } from "#lib/contracts/builder.ts";
import { buildNeedsSchema, type PreflightReport, repositoryNeedsSchema } from "#lib/contracts/preflight.ts";
import type { Sources } from "#lib/contracts/sources.ts";
import { driveRouter } from "./drive/router.ts";
import { logRouter } from "./log/router.ts";
import { packagesRouter } from "./packages/router.ts";
import { trpc } from "./trpc.ts";

/** What the web application can ask of the builder, besides bytes. */
export const builderRouter = trpc.router({
  log: logRouter,
  drive: driveRouter,
  packages: packagesRouter,
  status: trpc.procedure.query(({ ctx }): BuilderStatus => ctx.builder.status()),
  doctor: trpc.procedure.query(({ ctx }): Promise<DoctorReport> => ctx.builder.doctor()),
  preflight: trpc.procedure
    .input(buildNeedsSchema)
    .query(({ ctx, input }): Promise<PreflightReport> => ctx.builder.preflight(input)),
  sources: trpc.procedure
    .input(z.array(repositoryNeedsSchema).max(300))
    .query(({ ctx, input }): Promise<Sources> => ctx.builder.sources(input)),
  schema: trpc.procedure.query(async ({ ctx }): Promise<SchemaText | null> => {
    const { kiwi } = ctx.builder.status();
    return kiwi === null ? null : { ...schemaNameOf(kiwi), text: await readFile(kiwi.schemaPath, "utf8") };
  }),
});
export type BuilderRouter = typeof builderRouter;
