import { z } from "zod";
import { fileEntrySchema, fileTextSchema, relativePathSchema, saveResultSchema } from "#lib/contracts/description.ts";
import { ruleSettingsTextSchema } from "#lib/contracts/rule-settings.ts";
import { listFiles, readSources } from "#server/workspace/file-tree.ts";
import { readRuleSettings } from "#server/workspace/rule-settings.ts";
import { readText, TEXT_LIMIT, writeText } from "#server/workspace/text-file.ts";
import { fileProcedure } from "../file-procedure.ts";
import { router } from "../trpc.ts";

export const filesRouter = router({
  tree: fileProcedure.output(z.array(fileEntrySchema)).query(({ ctx }) => listFiles(ctx.workspace, ctx.folder)),
  read: fileProcedure
    .input(z.object({ path: relativePathSchema }))
    .output(fileTextSchema)
    .query(({ ctx, input }) => readText(ctx.workspace, ctx.folder, input.path)),
  /** Writes only where the file on disk still has this version; `null` = it must not exist yet. */
  write: fileProcedure
    .input(z.object({ path: relativePathSchema, text: z.string().max(TEXT_LIMIT), version: z.string().nullable() }))
    .output(saveResultSchema)
    .mutation(({ ctx, input }) => writeText(ctx.workspace, ctx.folder, input)),
  /** The text files that a description may include, and its scripts, for the language service. */
  sources: fileProcedure
    .output(z.array(fileTextSchema.pick({ path: true, text: true, version: true })))
    .query(({ ctx }) => readSources(ctx.workspace, ctx.folder)),
  /** The settings of rules that hold in the description's folder, those of the outermost folder first. */
  ruleSettings: fileProcedure
    .output(z.array(ruleSettingsTextSchema))
    .query(({ ctx }) => readRuleSettings(ctx.workspace, ctx.folder)),
});
