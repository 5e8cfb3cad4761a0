import { z } from "zod";
import {
  type OfferedPackage,
  type PackageKnowledge,
  packageNamesSchema,
  packageRepositorySchema,
} from "#lib/contracts/packages.ts";
import { trpc } from "../trpc.ts";

const procedure = trpc.procedure.input(z.object({ repositories: z.array(packageRepositorySchema).max(200) }));

export const packagesRouter = trpc.router({
  /** What the repositories know of these names. */
  lookUp: procedure
    .input(z.object({ names: packageNamesSchema }))
    .mutation(({ ctx: { packages }, input }): Promise<PackageKnowledge> => packages.ask({ kind: "look-up", ...input })),
  /** Packages whose names begin with a text, or hold it. */
  search: procedure
    .input(z.object({ text: z.string().max(256), limit: z.int().min(1).max(200) }))
    .mutation(({ ctx: { packages }, input }): Promise<OfferedPackage[]> => packages.ask({ kind: "search", ...input })),
});
