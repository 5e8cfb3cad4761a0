import { z } from "zod";
import { buildIdSchema, buildSchema } from "./build.ts";
import { changedFileSchema } from "./build-comparison.ts";
import { placedCauseSchema } from "./failure-rule.ts";

/** A package of an image, as its package manager names it. */
const listedPackageSchema = z.object({
  name: z.string(),
  /** With epoch and release. */
  version: z.string(),
  architecture: z.string().nullable(),
  licence: z.string().nullable(),
  /** Installed size, as the package says it; null where it is not known. */
  bytes: z.number().nullable(),
});
export type ListedPackage = z.infer<typeof listedPackageSchema>;

/** What is in the image of a build, from the lists that KIWI wrote beside it. */
export const buildContentsSchema = z.object({
  build: buildSchema,
  /** Null where the build left no such list. */
  packages: z.array(listedPackageSchema).nullable(),
  /** Files that are not as their package brought them; null where the build left no such list. */
  verified: z
    .array(z.object({ path: z.string(), differences: z.array(z.string()), configuration: z.boolean() }))
    .nullable(),
});
export type BuildContents = z.infer<typeof buildContentsSchema>;

export const packageDifferenceSchema = z.object({
  name: z.string(),
  architecture: z.string().nullable(),
  /** The versions in both; null where the package is not in that build. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** What the package's changelog says since; "" where it says nothing. */
  news: z.string(),
});
export type PackageDifference = z.infer<typeof packageDifferenceSchema>;

/** Any two builds side by side. */
export const buildDifferencesSchema = z.object({
  before: buildSchema,
  after: buildSchema,
  /** Null where one of them left no list of packages. */
  packages: z.object({ changes: z.array(packageDifferenceSchema), same: z.number() }).nullable(),
  /** Seconds of each phase, by its label; null where a build had no such phase. */
  phases: z.array(z.object({ label: z.string(), before: z.number().nullable(), after: z.number().nullable() })),
  /** What is different in the description's folder. */
  files: z.array(changedFileSchema),
  /** More files differ than are listed. */
  moreFiles: z.number(),
});
export type BuildDifferences = z.infer<typeof buildDifferencesSchema>;

/** A succeeded build in the history of its description. */
export const historyPointSchema = z.object({
  id: buildIdSchema,
  endedAt: z.iso.datetime(),
  imageVersion: z.string().nullable(),
  seconds: z.number().nullable(),
  /** Of the image's files together. */
  bytes: z.number(),
  /** How many packages; null where the build left no list. */
  packages: z.number().nullable(),
});
export type HistoryPoint = z.infer<typeof historyPointSchema>;

const weightSchema = z.object({ name: z.string(), bytes: z.number(), files: z.number() });

/** Where the bytes of an image came from; packages with the heaviest first. */
export const weightsSchema = z.object({
  packages: z.array(weightSchema),
  overlay: weightSchema,
  /** What neither a package nor the overlay brought. */
  other: weightSchema,
});
export type Weights = z.infer<typeof weightsSchema>;

export const folderContentsSchema = z.object({
  /** Of everything below the folder. */
  bytes: z.number(),
  /** The heaviest first; `origin` is a package, "overlay", or "". */
  entries: z.array(weightSchema.extend({ folder: z.boolean(), origin: z.string() })),
  /** How many lighter entries are not listed. */
  more: z.number(),
});
export type FolderContents = z.infer<typeof folderContentsSchema>;

/** Why a package is in an image. */
export const packageReasonSchema = z.object({
  /** From a package that was named to this one, each needing the next; null where no named package needs it. */
  chain: z.array(z.string()).nullable(),
  /** The packages that need it directly. */
  users: z.array(z.string()),
  /** Where the description names the first of the chain, in today's files. */
  place: placedCauseSchema.nullable(),
  /** The first of the chain was asked for with the build. */
  asked: z.boolean(),
});
export type PackageReason = z.infer<typeof packageReasonSchema>;
