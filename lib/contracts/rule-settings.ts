import { z } from "zod";

/** Name of the file that says how rules are weighed, in a description's folder or in one above it. */
export const ruleSettingsFile = ".kiwi-workbench.json";

export const ruleLevelSchema = z.enum(["off", "info", "warning", "error"]);
export type RuleLevel = z.infer<typeof ruleLevelSchema>;

/** The content of a settings file. */
export const ruleSettingsSchema = z.strictObject({
  /** Code of a rule to what it is to count as. */
  rules: z.record(z.string(), ruleLevelSchema).default({}),
});
export type RuleSettings = z.infer<typeof ruleSettingsSchema>;

/** A settings file as it is found: its path seen from the description's folder, for example `../.kiwi-workbench.json`. */
export const ruleSettingsTextSchema = z.object({ path: z.string(), text: z.string() });
export type RuleSettingsText = z.infer<typeof ruleSettingsTextSchema>;
