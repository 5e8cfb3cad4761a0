import { z } from "zod";

/**
 * A path inside a workspace or a description: relative, `/` between its parts, no empty part, no `.` and no `..`.
 * It says nothing about links; whoever opens a file must check where it really leads.
 */
export const relativePathSchema = z
  .string()
  .min(1)
  .max(1024)
  .refine((path) => !path.includes("\0"), "A path holds no NUL character.")
  .refine(
    (path) => path.split("/").every((part) => part !== "" && part !== "." && part !== ".."),
    "Must be a plain relative path, for example images/server.",
  );

/** What a description can be written in. */
export const formatSchema = z.enum(["xml", "yaml", "json", "json5", "toml", "ini"]);
export type Format = z.infer<typeof formatSchema>;

/** One `<type>` of a description. */
export const typeSummarySchema = z.object({
  /** The build type: the value of `image=`. */
  image: z.string(),
  filesystem: z.string().optional(),
  format: z.string().optional(),
  primary: z.boolean(),
  /** Profiles that the surrounding `<preferences>` is bound to; empty = always. */
  profiles: z.array(z.string()),
});
export type TypeSummary = z.infer<typeof typeSummarySchema>;

export const profileSummarySchema = z.object({
  name: z.string(),
  description: z.string(),
  /** Active when no profile is chosen. */
  import: z.boolean(),
  requires: z.array(z.string()),
});
export type ProfileSummary = z.infer<typeof profileSummarySchema>;

/** What lists and dialogs need to know of a description that could be read. Includes are merged. */
export const descriptionFactsSchema = z.object({
  name: z.string(),
  displayName: z.string().optional(),
  schemaVersion: z.string(),
  version: z.string().optional(),
  packageManager: z.string().optional(),
  specification: z.string().optional(),
  author: z.string().optional(),
  types: z.array(typeSummarySchema),
  profiles: z.array(profileSummarySchema),
});
export type DescriptionFacts = z.infer<typeof descriptionFactsSchema>;

/**
 * One description of the workspace: a folder and the image file in it.
 * `id` is the path of the image file relative to the workspace, for example `debian/config.xml`.
 */
export const descriptionSchema = z.object({
  id: relativePathSchema,
  /** Folder relative to the workspace; "" where the workspace itself is the description's folder. */
  folder: z.string(),
  /** Name of the image file inside the folder. */
  file: z.string(),
  format: formatSchema,
  facts: descriptionFactsSchema.optional(),
  /** Why the file could not be read; then there are no facts. */
  error: z.string().optional(),
});
export type Description = z.infer<typeof descriptionSchema>;

/** One entry of a description's file tree. */
export const fileEntrySchema = z.object({
  path: relativePathSchema,
  kind: z.enum(["file", "directory", "link", "other"]),
  size: z.number(),
  /** Permission bits, for example 0o755. */
  mode: z.number(),
  /** Target of a link, as it is written in the link. */
  target: z.string().optional(),
});
export type FileEntry = z.infer<typeof fileEntrySchema>;

/** Text of a file, with the version that a later save must name. */
export const fileTextSchema = z.object({
  path: relativePathSchema,
  text: z.string(),
  /** SHA-256 of the bytes, hex: names this version of the file. */
  version: z.string(),
  /** False where the web process may not write the file. */
  writable: z.boolean(),
});
export type FileText = z.infer<typeof fileTextSchema>;

/** The outcome of a save: done, or the file has changed on disk since it was read (nothing was written then). */
export const saveResultSchema = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("saved"), version: z.string() }),
  z.object({ outcome: z.literal("conflict"), current: fileTextSchema.nullable() }),
]);
export type SaveResult = z.infer<typeof saveResultSchema>;
