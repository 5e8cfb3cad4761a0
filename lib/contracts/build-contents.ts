import { z } from "zod";
import { buildIdSchema, buildSchema } from "./build.ts";
import { changedFileSchema } from "./build-comparison.ts";

/** A package of an image, as its package manager names it. */
export const installedPackageSchema = z.object({
  name: z.string(),
  /** With epoch and release. */
  version: z.string(),
  architecture: z.string().nullable(),
  licence: z.string().nullable(),
});

/** What is in the image of a build, from the lists that KIWI wrote beside it. */
export const buildContentsSchema = z.object({
  build: buildSchema,
  /** Null where the build left no such list. */
  packages: z.array(installedPackageSchema).nullable(),
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
