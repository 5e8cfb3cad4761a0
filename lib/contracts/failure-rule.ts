import { z } from "zod";

const pattern = z
  .string()
  .min(1)
  .max(2000)
  .refine((text) => {
    try {
      new RegExp(text, "u");
      return true;
    } catch {
      return false;
    }
  }, "is no regular expression");

/**
 * Where in a description a cause stands. Text in braces stands for a named group of the rule's patterns, or for what
 * is known of the build: `{type}`.
 */
const elementPlaceSchema = z.strictObject({
  /** The name of an element, for example `package`. */
  element: z.string(),
  /** An attribute of it, where it and not the element is to be shown. */
  attribute: z.string().optional(),
  /** What the attribute has to hold; without an attribute, the text of the element. */
  value: z.string().optional(),
  /** The value is to hold this as a part: for addresses and paths, which KIWI writes in other ways than authors. */
  part: z.string().optional(),
});
export type ElementPlace = z.infer<typeof elementPlaceSchema>;

export const failurePlaceSchema = z.union([
  elementPlaceSchema,
  z.strictObject({ file: z.string(), line: z.string().optional() }),
]);
export type FailurePlace = z.infer<typeof failurePlaceSchema>;

/**
 * A change of the description that is the remedy, or one of several: what is done with the element that `of` names. What
 * of it depends on something that was not found in the log is not offered.
 */
export const failureEditSchema = z.strictObject({
  /** What it does, in words for a button. */
  title: z.string(),
  of: elementPlaceSchema,
  change: z.union([
    /** The attribute that `of` names gets this value, also where it has none. */
    z.strictObject({ set: z.string() }),
    /** The element gets an empty child of this name. */
    z.strictObject({ add: z.string(), attributes: z.record(z.string(), z.string()) }),
    z.literal("remove"),
  ]),
});
export type FailureEdit = z.infer<typeof failureEditSchema>;

/**
 * What a failure of a build looks like in KIWI's log, and what it means. All patterns are regular expressions (with the
 * flag `u`); a rule applies where all that it names are found.
 */
export const failureRuleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  /** One short sentence without a full stop: what failed. */
  title: z.string(),
  /** On the text of KIWI's error, with the name of its exception: `KiwiProfileNotFound: profile X not found ...`. */
  error: pattern.optional(),
  /** On the lines of the log without their heads, from the phase that failed back to the beginning of the one before. */
  line: pattern.optional(),
  /** On the builder's own reason, for ends that KIWI says nothing of. */
  reason: pattern.optional(),
  /** Why it happened, in whole sentences. */
  cause: z.string(),
  /** What to do about it, in whole sentences. */
  remedy: z.string(),
  /** The first of these that the description has is shown. */
  places: z.array(failurePlaceSchema).default([]),
  /** What can be done about it in the description; one of these, as its author chooses. */
  edits: z.array(failureEditSchema).default([]),
  /** A warning does not explain a failure by itself; it is shown beside it, and after a success as well. */
  severity: z.enum(["failure", "warning"]).default("failure"),
});
export type FailureRule = z.infer<typeof failureRuleSchema>;
/** As rules are written: what has a default may be left out. */
export type FailureRuleInput = z.input<typeof failureRuleSchema>;

/** Where a cause stands in a file of the description; line and columns as in a problem. */
export const placedCauseSchema = z.object({
  file: z.string(),
  line: z.int().positive(),
  column: z.int().positive(),
  /** The line's text without blanks at its ends. */
  text: z.string(),
});
export type PlacedCause = z.infer<typeof placedCauseSchema>;

/** A remedy as a change of one file of the description as it is now. */
export const remedyEditSchema = z.object({
  title: z.string(),
  path: z.string(),
  /** What the file would hold. */
  text: z.string(),
});
export type RemedyEdit = z.infer<typeof remedyEditSchema>;

/** A remedy to be looked at and accepted. */
export const offeredEditSchema = remedyEditSchema.extend({
  /** The version of the file that it changes. */
  version: z.string(),
  /** A unified diff. */
  patch: z.string(),
});
export type OfferedEdit = z.infer<typeof offeredEditSchema>;

export const explanationSchema = z.object({
  rule: z.string(),
  severity: z.enum(["failure", "warning"]),
  title: z.string(),
  cause: z.string(),
  remedy: z.string(),
  /** The lines of the stored log that prove it, by number from 1. */
  evidence: z.array(z.object({ line: z.number(), text: z.string() })),
  places: z.array(placedCauseSchema),
  edits: z.array(offeredEditSchema),
});
export type Explanation = z.infer<typeof explanationSchema>;

/** As it follows from log and description alone. */
export type PlainExplanation = Omit<Explanation, "edits"> & { edits: RemedyEdit[] };
