import { z } from "zod";
import { buildSchema } from "#lib/contracts/build.ts";
import { descriptionSchema, relativePathSchema } from "#lib/contracts/description.ts";
import { findingSchema } from "#lib/contracts/finding.ts";
import { newDescriptionSchema, templateSchema } from "#lib/contracts/template.ts";
import { lastBuilds } from "#server/db/index.ts";
import { createDescription } from "#server/workspace/create-description.ts";
import { findDescriptions } from "#server/workspace/discovery.ts";
import { getDescription } from "#server/workspace/read-description.ts";
import { searchDescriptions } from "#server/workspace/search.ts";
import { listTemplates } from "#server/workspace/templates/index.ts";
import { procedure } from "../procedures.ts";
import { router } from "../trpc.ts";

/** More than anybody reads through; another word finds less. */
const MOST_FINDINGS = 100;

const listedDescriptionSchema = descriptionSchema.extend({ lastBuild: buildSchema.nullable() });

export const descriptionsRouter = router({
  list: procedure
    .output(z.object({ workspace: z.string(), truncated: z.boolean(), descriptions: z.array(listedDescriptionSchema) }))
    .query(async ({ ctx: { services } }) => {
      const workspace = services.config.workspaceDir;
      const { descriptions, truncated } = await findDescriptions(workspace);
      const builds = await lastBuilds(
        await services.database(),
        descriptions.map(({ id }) => id),
      );
      return {
        workspace,
        truncated,
        descriptions: descriptions.map((one) => ({ ...one, lastBuild: builds.get(one.id) ?? null })),
      };
    }),
  get: procedure
    .input(z.object({ id: relativePathSchema }))
    .output(listedDescriptionSchema)
    .query(async ({ ctx: { services }, input }) => {
      const description = await getDescription(services.config.workspaceDir, input.id);
      const builds = await lastBuilds(await services.database(), [input.id]);
      return { ...description, lastBuild: builds.get(input.id) ?? null };
    }),
  /** Lines of all descriptions, fragments and scripts that hold these words. */
  search: procedure
    .input(z.object({ words: z.string().max(200), near: relativePathSchema.optional() }))
    .output(z.array(findingSchema))
    .query(({ ctx: { services }, input }) =>
      searchDescriptions(services.config.workspaceDir, input.words, MOST_FINDINGS, input.near),
    ),
  templates: procedure.output(z.array(templateSchema)).query(() => listTemplates()),
  create: procedure
    .input(newDescriptionSchema)
    .output(z.object({ id: relativePathSchema }))
    .mutation(async ({ ctx: { services }, input }) => {
      // Written for the schema of the KIWI that will build it, where one is installed.
      const status = await services.builder.status().catch(() => null);
      const schemaVersion = status?.kiwi?.schemaVersion ?? null;
      return { id: await createDescription(services.config.workspaceDir, input, schemaVersion) };
    }),
});
