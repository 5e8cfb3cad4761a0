import { z } from "zod";
import {
  offeredPackageSchema,
  packageEstimateSchema,
  packageKnowledgeSchema,
  packageNamesSchema,
  packageRepositorySchema,
  packageWishSchema,
} from "#lib/contracts/packages.ts";
import { procedure } from "../procedures.ts";
import { router } from "../trpc.ts";

const repositories = z.array(packageRepositorySchema).max(200);

/** What repositories offer, read by the builder. Mutations only because what is asked is too long for an address. */
export const packagesRouter = router({
  lookUp: procedure
    .input(z.object({ repositories, names: packageNamesSchema }))
    .output(packageKnowledgeSchema)
    .mutation(({ ctx, input }) => ctx.services.builder.packages.lookUp(input)),
  search: procedure
    .input(z.object({ repositories, text: z.string().max(256) }))
    .output(z.array(offeredPackageSchema))
    .mutation(({ ctx, input }) => ctx.services.builder.packages.search({ ...input, limit: 50 })),
  estimate: procedure
    .input(packageWishSchema)
    .output(packageEstimateSchema)
    .mutation(({ ctx, input }) => ctx.services.builder.packages.estimate(input)),
});
