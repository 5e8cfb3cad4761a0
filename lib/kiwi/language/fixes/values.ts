import { editDistance } from "#lib/relaxng/did-you-mean.ts";

/** How many values are offered at most. */
const maxOffered = 6;

/** What people write for yes and no. */
const booleans: ReadonlyMap<string, string> = new Map(
  Object.entries({
    yes: "true",
    on: "true",
    y: "true",
    t: "true",
    enabled: "true",
    no: "false",
    off: "false",
    n: "false",
    f: "false",
    disabled: "false",
  }),
);

/** Ways to tidy a value that is nearly right. */
const tidyings: readonly ((value: string) => string)[] = [
  (value) => value.trim(),
  (value) => value.trim().toLowerCase(),
  (value) => booleans.get(value.trim().toLowerCase()) ?? value,
  (value) => value.replace(/\s+/g, ""),
  (value) => value.replace(/\s*([KMGT])i?B?\s*$/i, (_, unit: string) => unit.toUpperCase()),
  (value) => value.replace(/\s*,\s*/g, ",").replace(/^,|,$/g, ""),
  (value) => value.trim().replace(/\s+/g, ","),
  (value) => value.trim().replace(/^v/i, ""),
  (value) => /\d+/.exec(value)?.[0] ?? value,
  (value) => value.trim().replace(/[^A-Za-z0-9_.-]+/g, "_"),
  (value) => `https://${value.trim()}`,
];

/** Values that fit in the place of a wrong one, the nearest first. */
export function fittingValues(value: string, listed: readonly string[], fits: (value: string) => boolean): string[] {
  const tidied = tidyings.map((tidy) => tidy(value)).filter((one) => one !== value && one !== "" && fits(one));
  const near = listed
    .filter((one) => one !== value && fits(one))
    .toSorted((a, b) => editDistance(value.toLowerCase(), a.toLowerCase()) - editDistance(value.toLowerCase(), b));
  return [...new Set([...tidied.slice(0, 2), ...near])].slice(0, maxOffered);
}
