import { z } from "zod";

/** What a build took over from an earlier one, and why not more. */
export const reuseSchema = z.object({
  /** Whether it took its packages over, installed them and kept them for later builds, or has nothing to do with others. */
  packages: z.enum(["reused", "kept", "own"]),
  /** Why its packages were installed, as a sentence; null where they were taken over. */
  reason: z.string().nullable(),
  /** The build that had installed them; absent where this one did. */
  from: z.uuid().optional(),
});
export type Reuse = z.infer<typeof reuseSchema>;

/** What decides which packages a root tree holds: a hash, or another short text, of each. */
export const packageInputsSchema = z.object({
  kiwi: z.string(),
  architecture: z.string(),
  runtime: z.string(),
  tools: z.string(),
  description: z.string(),
  files: z.string(),
  options: z.string(),
  repositories: z.string(),
});
export type PackageInputs = z.infer<typeof packageInputsSchema>;

/** A root tree with nothing but packages that is kept for later builds: `<key>.json` beside `<key>.tar`. */
export const keptRootSchema = z.object({
  build: z.uuid(),
  /** The description that it was made for first. */
  description: z.string(),
  inputs: packageInputsSchema,
  at: z.iso.datetime(),
  bytes: z.number(),
  /** Why such a tree must not be used again, as a sentence; then there is no archive. */
  obstacle: z.string().optional(),
});
export type KeptRoot = z.infer<typeof keptRootSchema>;
