import { z } from "zod";

/** A repository as it is asked for its packages. */
export const packageRepositorySchema = z.object({
  source: z.string().max(4096),
  /** What lists it: `apt-deb` or `rpm-md`; null = nothing that is read here. */
  type: z.enum(["apt-deb", "rpm-md"]).nullable(),
  distribution: z.string().max(256).nullable(),
  components: z.array(z.string().max(256)).max(50),
});
export type PackageRepository = z.infer<typeof packageRepositorySchema>;

/** One package that a repository offers; sizes in bytes, null where the repository does not say. */
export const offeredPackageSchema = z.object({
  name: z.string(),
  version: z.string(),
  installedSize: z.number().nullable(),
  downloadSize: z.number().nullable(),
  summary: z.string(),
});
export type OfferedPackage = z.infer<typeof offeredPackageSchema>;

/** What became of a repository that was asked. */
export const repositoryStateSchema = z.object({
  source: z.string(),
  /** How many packages it offers; null where it could not be read. */
  packages: z.number().nullable(),
  /** Why it could not be read, as a sentence; null where it was. */
  problem: z.string().nullable(),
});
export type RepositoryState = z.infer<typeof repositoryStateSchema>;

/** Names as the description has them; the most that is looked up at once. */
export const packageNamesSchema = z.array(z.string().max(256)).max(5000);

/** What is known of some names in some repositories. */
export const packageKnowledgeSchema = z.object({
  repositories: z.array(repositoryStateSchema),
  /** What is offered, by name; the newest where several are. */
  offered: z.record(z.string(), offeredPackageSchema),
  /**
   * Names that nothing in any of the repositories has or provides, with those that may be meant, the nearest first. Empty
   * where a repository could not be read: it may be there.
   */
  unknown: z.record(z.string(), z.array(z.string())),
});
export type PackageKnowledge = z.infer<typeof packageKnowledgeSchema>;

/** What is to be installed together. */
export const packageWishSchema = z.object({
  repositories: z.array(packageRepositorySchema).max(200),
  names: packageNamesSchema,
  /** Whether what packages recommend comes as well. */
  recommended: z.boolean(),
});
export type PackageWish = z.infer<typeof packageWishSchema>;

/** What a package manager would install for a wish, dependencies included; an estimate. Or why there is none, as a sentence. */
export const packageEstimateSchema = z.union([
  z.object({
    packages: z.array(offeredPackageSchema.pick({ name: true, version: true, installedSize: true })),
    /** Names that no repository has; the rest is estimated without them. */
    unknown: z.array(z.string()),
  }),
  z.object({ problem: z.string() }),
]);
export type PackageEstimate = z.infer<typeof packageEstimateSchema>;
