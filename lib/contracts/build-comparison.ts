import { z } from "zod";
import { buildIdSchema } from "./build.ts";

export const changedFileSchema = z.object({
  path: z.string(),
  change: z.enum(["added", "removed", "changed"]),
  /** A unified diff; null for what is no text, too large, or did not change but in its rights. */
  patch: z.string().nullable(),
});
export type ChangedFile = z.infer<typeof changedFileSchema>;

/** A build beside the last one before it that succeeded with the same description, type and profiles. */
export const buildComparisonSchema = z.object({
  good: z.object({ id: buildIdSchema, endedAt: z.iso.datetime().nullable() }),
  /** The first lines of the log that the good one does not have; times, numbers and order do not count. */
  lines: z.array(z.object({ line: z.number(), text: z.string() })),
  /** What changed in the description's folder. */
  files: z.array(changedFileSchema),
  /** More files changed than are listed. */
  moreFiles: z.number(),
});
export type BuildComparison = z.infer<typeof buildComparisonSchema>;
