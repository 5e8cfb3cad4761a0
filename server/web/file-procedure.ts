import { z } from "zod";
import { relativePathSchema } from "#lib/contracts/description.ts";
import { splitId } from "#server/workspace/image-file.ts";
import { getDescription } from "#server/workspace/read-description.ts";
import { procedure } from "./procedures.ts";

const descriptionInput = z.object({ description: relativePathSchema });

/** For work with the files of one description, which must exist. */
export const fileProcedure = procedure.input(descriptionInput).use(async ({ ctx, input, next }) => {
  const workspace = ctx.services.config.workspaceDir;
  await getDescription(workspace, input.description);
  return next({ ctx: { workspace, folder: splitId(input.description).folder } });
});
