import { z } from "zod";

export const repositoryNeedsSchema = z.object({
  source: z.string().max(4096),
  type: z.string().max(64).nullable(),
  distribution: z.string().max(256).nullable(),
  keys: z.array(z.string().max(4096)).max(64),
});
export type RepositoryNeeds = z.infer<typeof repositoryNeedsSchema>;

/** What a build of a description asks of the world around it. */
export const buildNeedsSchema = z.object({
  /** The `image=` value. */
  type: z.string().max(64),
  firmware: z.enum(["efi", "bios"]),
  lvm: z.boolean(),
  luks: z.boolean(),
  /** The file system of its root, where it has one of its own. */
  filesystem: z.string().max(64).nullable(),
  packageManager: z.string().max(64).nullable(),
  repositories: z.array(repositoryNeedsSchema).max(200),
});
export type BuildNeeds = z.infer<typeof buildNeedsSchema>;

/** One thing that was looked at before a build. */
export const preflightCheckSchema = z.object({
  /** What was looked at, in a word or two. */
  name: z.string(),
  /** `missing`: the build will fail. `doubtful`: it may. `unknown`: it could not be looked at. */
  state: z.enum(["fine", "doubtful", "missing", "unknown"]),
  message: z.string(),
});
export type PreflightCheck = z.infer<typeof preflightCheckSchema>;

/** What a build will find on this builder. */
export const preflightReportSchema = z.object({
  type: z.string(),
  /** Nothing is missing. */
  ready: z.boolean(),
  checks: z.array(preflightCheckSchema),
  /** The command that installs the missing tools, one element an argument; empty where there is none to install. */
  installCommand: z.array(z.string()),
});
export type PreflightReport = z.infer<typeof preflightReportSchema>;
