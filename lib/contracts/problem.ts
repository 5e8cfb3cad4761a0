import { z } from "zod";

/** How bad a problem is: an `error` keeps KIWI from building, a `warning` does not. */
export const severitySchema = z.enum(["error", "warning", "info"]);
export type Severity = z.infer<typeof severitySchema>;

/** Which layer of checks found it, in the order in which they run; `shell` is ShellCheck, of the description's scripts. */
export const layerSchema = z.enum([
  "syntax",
  "include",
  "version",
  "relaxng",
  "schematron",
  "runtime",
  "lint",
  "shell",
]);
export type Layer = z.infer<typeof layerSchema>;

/**
 * One complaint about a description, placed in the author's own file.
 * Lines and columns count from 1; columns count UTF-16 units, as editors do; the end is exclusive.
 */
export const problemSchema = z.object({
  line: z.int().positive(),
  column: z.int().positive(),
  endLine: z.int().positive(),
  endColumn: z.int().positive(),
  severity: severitySchema,
  layer: layerSchema,
  /** Stable, kebab-case name of the rule, for example `attribute-not-allowed`. */
  code: z.string(),
  message: z.string(),
  /** The builds that it holds for, in words, for example "the type iso"; absent = all builds of the description. */
  only: z.string().optional(),
  /** Path of the file that holds the problem, relative to the description's folder; absent for the file that was checked. */
  file: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** What `kiwi-workbench validate --json` prints for each file. */
export const validationReportSchema = z.object({
  file: z.string(),
  valid: z.boolean(),
  problems: z.array(problemSchema),
});
export type ValidationReport = z.infer<typeof validationReportSchema>;
