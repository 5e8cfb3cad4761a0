import { z } from "zod";
import { fileEntrySchema, fileTextSchema, relativePathSchema, saveResultSchema } from "#lib/contracts/description.ts";
import { ruleSettingsTextSchema } from "#lib/contracts/rule-settings.ts";
import { makeFile, makeFolder, movePath, removePath, setExecutable } from "#server/workspace/file-changes.ts";
import { listFiles, readSources } from "#server/workspace/file-tree.ts";
import { splitId } from "#server/workspace/image-file.ts";
import { readRuleSettings } from "#server/workspace/rule-settings.ts";
import { readText, TEXT_LIMIT, writeText } from "#server/workspace/text-file.ts";
import { WorkspaceError } from "#server/workspace/workspace-error.ts";
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
  /** Makes an empty file, and the folders above it. */
  makeFile: fileProcedure
    .input(z.object({ path: relativePathSchema }))
    .mutation(({ ctx, input }) => makeFile(ctx.workspace, ctx.folder, input.path, new Uint8Array())),
  makeFolder: fileProcedure
    .input(z.object({ path: relativePathSchema }))
    .mutation(({ ctx, input }) => makeFolder(ctx.workspace, ctx.folder, input.path)),
  move: fileProcedure
    .input(z.object({ from: relativePathSchema, to: relativePathSchema }))
    .mutation(async ({ ctx, input }) => {
      keepImageFile(input.description, input.from);
      await movePath(ctx.workspace, ctx.folder, input.from, input.to);
    }),
  /** A folder goes with all that is in it. */
  remove: fileProcedure.input(z.object({ path: relativePathSchema })).mutation(async ({ ctx, input }) => {
    keepImageFile(input.description, input.path);
    await removePath(ctx.workspace, ctx.folder, input.path);
  }),
  setExecutable: fileProcedure
    .input(z.object({ path: relativePathSchema, executable: z.boolean() }))
    .mutation(({ ctx, input }) => setExecutable(ctx.workspace, ctx.folder, input.path, input.executable)),
  /** The text files that a description may include, and its scripts, for the language service. */
  sources: fileProcedure
    .output(z.array(fileTextSchema.pick({ path: true, text: true, version: true })))
    .query(({ ctx }) => readSources(ctx.workspace, ctx.folder)),
  /** The settings of rules that hold in the description's folder, those of the outermost folder first. */
  ruleSettings: fileProcedure
    .output(z.array(ruleSettingsTextSchema))
    .query(({ ctx }) => readRuleSettings(ctx.workspace, ctx.folder)),
});

/** The page, its builds and their history are found by the path of the image file. */
function keepImageFile(description: string, path: string): void {
  const { file } = splitId(description);
  if (file === path || file.startsWith(`${path}/`))
    throw new WorkspaceError("refused", "The image file stays where it is: its builds are found by its path.");
}
