import { z } from "zod";
import { relativePathSchema } from "./description.ts";

/** A commit's full name. */
export const commitIdSchema = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);

/** A branch's name; git itself decides over the rest. */
export const branchNameSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^-\s~^:?*[\\\0-\x1f\x7f][^\s~^:?*[\\\0-\x1f\x7f]*$/, "This cannot be the name of a branch.");

/** What is different about a file since the last commit. */
export const gitChangeSchema = z.object({
  /** Path in the description's folder. */
  path: relativePathSchema,
  state: z.enum(["modified", "new", "deleted", "conflict"]),
  /** Names this state of the file on disk: whoever throws it away says what he has seen. */
  stamp: z.string(),
});
export type GitChange = z.infer<typeof gitChangeSchema>;

/** How a description's folder stands in its checkout. */
export const gitStatusSchema = z.object({
  /** Null where no branch is checked out. */
  branch: z.string().nullable(),
  /** The last commit; null where there is none yet. */
  head: commitIdSchema.nullable(),
  /** The remote branch that it follows, for example `origin/main`; null = none. */
  upstream: z.string().nullable(),
  /** Commits that the upstream does not have, and that only it has, as far as was heard of it. */
  ahead: z.number(),
  behind: z.number(),
  /** What is under way and has to be ended by hand, for example a merge. */
  unfinished: z.enum(["merge", "rebase", "cherry-pick", "revert", "bisect"]).nullable(),
  /** Changes in the description's folder. */
  changes: z.array(gitChangeSchema),
  /** There are more changes than are listed. */
  truncated: z.boolean(),
});
export type GitStatus = z.infer<typeof gitStatusSchema>;

/** Who commits. */
export const gitIdentitySchema = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^<>\n\0]+$/, "A name has no angle brackets."),
  email: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^<>\s\0]+$/, "An address has no blanks and no angle brackets."),
});
export type GitIdentity = z.infer<typeof gitIdentitySchema>;

/** One commit, as lists show it. */
export const gitCommitSchema = z.object({
  id: commitIdSchema,
  author: z.string(),
  /** ISO 8601. */
  date: z.string(),
  subject: z.string(),
});
export type GitCommit = z.infer<typeof gitCommitSchema>;
