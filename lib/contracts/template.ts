import { z } from "zod";
import { relativePathSchema } from "./description.ts";

/** A value that the dialog asks for, beyond folder, name and version. */
export const templateFieldSchema = z.object({
  label: z.string(),
  help: z.string(),
  /** What the dialog shows at first; "" = the user must fill it in. */
  default: z.string(),
  /** The only values allowed, where there is such a list. */
  options: z.array(z.string()).optional(),
});
export type TemplateField = z.infer<typeof templateFieldSchema>;

/** A template for a new description, as the "New description" dialog shows it. */
export const templateSchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  packageManager: z.string(),
  /** The build types that the new description will offer, for example `oem`. */
  types: z.array(z.string()),
  fields: z.object({ release: templateFieldSchema.optional(), repository: templateFieldSchema.optional() }),
});
export type Template = z.infer<typeof templateSchema>;

/** The wish for a new description. What a template has no field for must be absent. */
export const newDescriptionSchema = z.object({
  template: z.string().max(64),
  /** The new folder, relative to the workspace; it must not exist yet. */
  folder: relativePathSchema.max(255),
  /** The image's name: KIWI builds file names of it. */
  name: z
    .string()
    .regex(/^[a-zA-Z0-9_.-]+$/, "Only letters, digits, underscore, dot and dash.")
    .max(128),
  version: z
    .string()
    .regex(/^\d+(\.\d+)*$/, "Digits with dots between them, for example 1.0.0.")
    .max(64),
  release: z.string().max(64).optional(),
  repository: z.string().max(2048).optional(),
});
export type NewDescription = z.infer<typeof newDescriptionSchema>;
