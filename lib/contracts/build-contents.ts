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
  /** Installed sizes in both; null where the package is not there, or its size is not known. */
  bytesBefore: z.number().nullable(),
  bytesAfter: z.number().nullable(),
  /** What the package's changelog says since; "" where it says nothing. */
  news: z.string(),
});
export type PackageDifference = z.infer<typeof packageDifferenceSchema>;

const imageFileChangeSchema = z.object({
  path: z.string(),
  /** A package, "overlay", or "" where scripts made it. */
  origin: z.string(),
  /** Bytes; null where the image does not have it. */
  before: z.number().nullable(),
  after: z.number().nullable(),
  /** Why such a file differs between builds of the same; null where nothing is known of that. */
  habit: z.string().nullable(),
});
export type ImageFileChange = z.infer<typeof imageFileChangeSchema>;

/** What is different in the files of two images. */
export const imageFileChangesSchema = z.object({
  /** Those that no update of their package explains. */
  changes: z.array(imageFileChangeSchema),
  /** More than are listed. */
  more: z.number(),
  /** Files of packages with another version. */
  updated: z.number(),
  same: z.number(),
  /** Of the same files those that were written at another time. */
  otherTime: z.number(),
});
export type ImageFileChanges = z.infer<typeof imageFileChangesSchema>;

/** Whether a build can be made again. */
export const reproductionSchema = z.object({
  /** What one of the builds was made of otherwise than the other, as sentences; none = of exactly the same. */
  inputs: z.array(z.string()),
  /** The files of the images, by their name: whether they are the same, bit by bit. */
  files: z.array(z.object({ name: z.string(), same: z.boolean() })),
});
export type Reproduction = z.infer<typeof reproductionSchema>;

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
  /** Null where it is not known what the files of both images hold. */
  imageFiles: imageFileChangesSchema.nullable(),
  /** Null where the builds were not made of the same snapshot for the same, or one has made nothing. */
  reproduction: reproductionSchema.nullable(),
});
export type BuildDifferences = z.infer<typeof buildDifferencesSchema>;

/** A succeeded build in the history of its description. */
export const historyPointSchema = z.object({
  id: buildIdSchema,
  endedAt: z.iso.datetime(),
  imageVersion: z.string().nullable(),
  seconds: z.number().nullable(),
  /** Seconds of its phases, by label, in their order. */
  phases: z.array(z.object({ label: z.string(), seconds: z.number() })),
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
