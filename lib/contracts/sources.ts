import { z } from "zod";

/**
 * What the repositories of a build held when it began: SHA-256 (hex) of the list of each one's contents, by its address;
 * null where that could not be read.
 */
export const sourcesSchema = z.record(z.string(), z.string().nullable());
export type Sources = z.infer<typeof sourcesSchema>;
