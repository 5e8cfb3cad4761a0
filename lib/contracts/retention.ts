import { z } from "zod";

/** How long the results of builds stay; null = this does not count. Records and logs always stay. */
export const retentionPolicySchema = z.object({
  days: z.int().positive().nullable(),
  /** Good builds of the same description, type, profiles and architecture. */
  count: z.int().positive().nullable(),
  /** All results together. */
  bytes: z.int().positive().nullable(),
});
export type RetentionPolicy = z.infer<typeof retentionPolicySchema>;

/** That and why the results of a build are gone. */
export const removalSchema = z.object({ at: z.iso.datetime(), reason: z.string() });
export type Removal = z.infer<typeof removalSchema>;

/** What a policy removes at its next turn. */
export const retentionPlanSchema = z.object({
  policy: retentionPolicySchema,
  /** Bytes of all results that are there. */
  storedBytes: z.number(),
  due: z.array(
    z.object({ id: z.uuid(), name: z.string(), endedAt: z.iso.datetime(), bytes: z.number(), reason: z.string() }),
  ),
});
export type RetentionPlan = z.infer<typeof retentionPlanSchema>;
