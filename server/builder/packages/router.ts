import { z } from "zod";
import {
  type OfferedPackage,
  type PackageEstimate,
  type PackageKnowledge,
  packageNamesSchema,
  packageRepositorySchema,
  packageWishSchema,
} from "#lib/contracts/packages.ts";
import { trpc } from "../trpc.ts";

/** What is known where no lists are to be fetched. */
const nothing: PackageKnowledge = { repositories: [], offered: {}, unknown: {} };

const procedure = trpc.procedure.input(z.object({ repositories: z.array(packageRepositorySchema).max(200) }));

export const packagesRouter = trpc.router({
  /** What the repositories know of these names. */
  lookUp: procedure
    .input(z.object({ names: packageNamesSchema }))
    .mutation(
      async ({ ctx, input }): Promise<PackageKnowledge> =>
        ctx.packages === null ? nothing : ctx.packages.ask({ kind: "look-up", ...input }),
    ),
  /** Packages whose names begin with a text, or hold it. */
  search: procedure
    .input(z.object({ text: z.string().max(256), limit: z.int().min(1).max(200) }))
    .mutation(
      async ({ ctx, input }): Promise<OfferedPackage[]> =>
        ctx.packages === null ? [] : ctx.packages.ask({ kind: "search", ...input }),
    ),
  /** What would be installed for a wish. */
  estimate: trpc.procedure
    .input(packageWishSchema)
    .mutation(
      async ({ ctx, input }): Promise<PackageEstimate> =>
        ctx.packages === null
          ? { problem: "This builder fetches no lists of packages." }
          : ctx.packages.ask({ kind: "estimate", ...input }),
    ),
});
