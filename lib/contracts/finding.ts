import { z } from "zod";
import { relativePathSchema } from "./description.ts";

/** A line of a description's files that holds what was looked for. */
export const findingSchema = z.object({
  /** Id of a description that the file belongs to. */
  description: relativePathSchema,
  /** Path in the description's folder. */
  file: z.string(),
  /** From 1. */
  line: z.number(),
  /** The line without blanks at its ends, cut where it is very long. */
  text: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;
