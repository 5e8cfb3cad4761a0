import { z } from "zod";
import { relativePathSchema } from "./description.ts";
import { branchNameSchema } from "./git.ts";
import { newDescriptionSchema } from "./template.ts";

/** What can be brought in at most; sizes in bytes. */
export const importLimits = {
  /** Of what is sent: an archive, or all files of a folder together. */
  upload: 64 * 1024 ** 2,
  entries: 20_000,
  /** Of a single unpacked file. */
  file: 256 * 1024 ** 2,
  /** Of all unpacked files together. */
  total: 512 * 1024 ** 2,
  /** How many times larger than the archive its files may be, unless they are small. */
  ratio: 200,
  small: 16 * 1024 ** 2,
};
export type ImportLimits = typeof importLimits;

/** What has come into the workspace. */
export const importedSchema = z.object({
  /** Ids of the descriptions that were found, at least one. */
  descriptions: z.array(relativePathSchema).min(1),
  /** Paths that were not taken over, for example those of version control. */
  leftOut: z.array(z.string()),
});
export type Imported = z.infer<typeof importedSchema>;

/** The wish for a checkout of somebody's repository. */
export const cloneWishSchema = z.object({
  url: z.string().trim().min(1, "Give the address of a repository.").max(2_000),
  /** Null = the one that the repository itself names. */
  branch: branchNameSchema.nullable(),
  folder: newDescriptionSchema.shape.folder,
});
