import { z } from "zod";
import { relativePathSchema } from "#lib/contracts/description.ts";
import {
  branchNameSchema,
  commitIdSchema,
  gitCommitSchema,
  gitIdentitySchema,
  gitStatusSchema,
} from "#lib/contracts/git.ts";
import { cloneWishSchema, importedSchema } from "#lib/contracts/import.ts";
import { gitBranches, switchBranch } from "#server/workspace/git/branches.ts";
import { commitFiles, discardChanges } from "#server/workspace/git/changes.ts";
import { findCheckout } from "#server/workspace/git/checkout.ts";
import { cloneDescription } from "#server/workspace/git/clone.ts";
import { gitLog, textAt } from "#server/workspace/git/history.ts";
import { gitIdentity } from "#server/workspace/git/identity.ts";
import { pull, push, type RemoteAccess } from "#server/workspace/git/remote.ts";
import { gitStatus } from "#server/workspace/git/status.ts";
import { WorkspaceError } from "#server/workspace/workspace-error.ts";
import { fileProcedure } from "../file-procedure.ts";
import { procedure } from "../procedures.ts";
import type { Services } from "../services.ts";
import { router } from "../trpc.ts";

const MOST_COMMITS = 200;

/** For work in the checkout that a description lies in; where it lies in none, that is the answer. */
const gitProcedure = fileProcedure.use(async ({ ctx, next }) => {
  const checkout = await findCheckout(ctx.workspace, ctx.folder, ctx.services.config.searchPath);
  return next({ ctx: { ...ctx, checkout } });
});

/** Chosen by who waits for a clone. */
const cloneIdSchema = z.string().regex(/^[0-9a-f]{32}$/);

const accessOf = ({ config }: Services, signal: AbortSignal | undefined): RemoteAccess => ({
  workspace: config.workspaceDir,
  credentials: config.gitCredentials,
  proxy: config.proxy,
  signal,
});

export const gitRouter = router({
  /** How the description stands in its checkout, or why it stands in none. */
  status: fileProcedure
    .output(z.object({ status: gitStatusSchema.nullable(), reason: z.string() }))
    .query(async ({ ctx: { workspace, folder, services } }) => {
      try {
        const checkout = await findCheckout(workspace, folder, services.config.searchPath);
        return { status: await gitStatus(checkout), reason: "" };
      } catch (error) {
        if (error instanceof WorkspaceError) return { status: null, reason: error.message };
        throw error;
      }
    }),
  /** The last commits of the folder, or of a file of it. */
  log: gitProcedure
    .input(z.object({ path: relativePathSchema.nullable() }))
    .output(z.array(gitCommitSchema))
    .query(({ ctx, input }) => gitLog(ctx.checkout, input.path, MOST_COMMITS)),
  /** The text of a file as a commit has it, without one the last; null where it has none. */
  text: gitProcedure
    .input(z.object({ commit: commitIdSchema.nullable(), path: relativePathSchema }))
    .output(z.string().nullable())
    .query(({ ctx, input }) => textAt(ctx.checkout, input.commit ?? "HEAD", input.path)),
  /** Who commits; null where git does not know. */
  identity: gitProcedure.output(gitIdentitySchema.nullable()).query(({ ctx }) => gitIdentity(ctx.checkout)),
  branches: gitProcedure
    .output(z.object({ here: z.array(z.string()), remote: z.array(z.string()) }))
    .query(({ ctx }) => gitBranches(ctx.checkout)),
  commit: gitProcedure
    .input(
      z.object({
        paths: z.array(relativePathSchema).min(1, "Choose the files to commit.").max(2_000),
        message: z.string().trim().min(1, "Say what has changed and why.").max(20_000),
        identity: gitIdentitySchema,
      }),
    )
    .mutation(({ ctx, input }) => commitFiles(ctx.checkout, input)),
  /** Brings one file back to the last commit. */
  discard: gitProcedure
    .input(z.object({ path: relativePathSchema, stamp: z.string().max(200) }))
    .mutation(({ ctx, input }) => discardChanges(ctx.checkout, input)),
  switch: gitProcedure
    .input(z.object({ branch: branchNameSchema, create: z.boolean() }))
    .mutation(({ ctx, input }) => switchBranch(ctx.checkout, input.branch, input.create)),
  pull: gitProcedure.mutation(({ ctx, signal }) => pull(ctx.checkout, accessOf(ctx.services, signal))),
  push: gitProcedure.mutation(({ ctx, signal }) => push(ctx.checkout, accessOf(ctx.services, signal))),
  /** Makes a checkout of somebody's repository in a new folder. Whoever goes away stops it. */
  clone: procedure
    .input(cloneWishSchema.extend({ id: cloneIdSchema }))
    .output(importedSchema)
    .mutation(({ ctx: { services }, input: { id, ...wish }, signal }) =>
      services.clones.run(id, (onProgress) =>
        cloneDescription(wish, accessOf(services, signal), { searchPath: services.config.searchPath, onProgress }),
      ),
    ),
  cloneProgress: procedure
    .input(z.object({ id: cloneIdSchema }))
    .output(z.string())
    .query(({ ctx: { services }, input }) => services.clones.progress(input.id)),
});
