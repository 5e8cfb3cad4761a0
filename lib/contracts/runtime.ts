import { z } from "zod";

/**
 * What keeps a build apart from its host: nothing (`host`), namespaces of the kernel, namespaces in which root is a user
 * without rights on the host, or a virtual machine.
 */
export const runtimeNameSchema = z.enum(["host", "namespaces", "user-namespace", "box"]);
export type RuntimeName = z.infer<typeof runtimeNameSchema>;

/** A runtime on a builder. */
export const runtimeStatusSchema = z.object({
  name: runtimeNameSchema,
  /** Why this host does not have it, as a sentence; null where it has. */
  obstacle: z.string().nullable(),
});
export type RuntimeStatus = z.infer<typeof runtimeStatusSchema>;
