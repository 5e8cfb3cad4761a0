import { z } from "zod";
import { problemSchema } from "./problem.ts";

/** The largest script that is checked, in characters; what people write is far below. */
export const SHELL_CHECK_LIMIT = 256 * 1024;

/** What ShellCheck says of a script, or why it says nothing. */
export const shellCheckSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("checked"), problems: z.array(problemSchema) }),
  /** ShellCheck is not installed where the web server runs. */
  z.object({ kind: z.literal("absent") }),
  z.object({ kind: z.literal("failed"), reason: z.string() }),
]);
export type ShellCheck = z.infer<typeof shellCheckSchema>;
