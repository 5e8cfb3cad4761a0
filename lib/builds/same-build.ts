import { type BuildOptions, withoutPasswords } from "../contracts/build-options.ts";
import type { Sources } from "../contracts/sources.ts";

/** Everything that decides what a build makes. */
export interface BuildInputs {
  snapshot: string;
  profiles: readonly string[];
  type: string | null;
  architecture: string;
  options: BuildOptions;
  kiwiVersion: string | null;
  sources: Sources | null;
}

/**
 * What keeps a build from having the inputs of an earlier one, as sentences; none where a new build would be made of
 * exactly the same. What cannot be told counts as different.
 */
export function differentInputs(earlier: BuildInputs, now: BuildInputs): string[] {
  const differs = (name: keyof BuildInputs) => JSON.stringify(earlier[name]) !== JSON.stringify(now[name]);
  return [
    ...(differs("snapshot") ? ["Files of the description have changed."] : []),
    ...(differs("profiles") || differs("type") || differs("architecture") ? ["Something else is to be built."] : []),
    ...(decisive(earlier.options) === decisive(now.options) ? [] : ["The options are others."]),
    ...(differs("kiwiVersion") ? [`It was made with KIWI ${earlier.kiwiVersion ?? "of an unknown version"}.`] : []),
    ...changedSources(earlier.sources, now.sources),
  ];
}

/** How a build is logged and kept apart, and what it reuses, does not change what it makes. */
function decisive(options: BuildOptions): string {
  const { debug: _, runtime: __, fromNothing: ___, ...rest } = withoutPasswords(options);
  return JSON.stringify(sorted(rest));
}

/** The same values in the same order of names, however they were stored. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, sorted(one)]));
}

function changedSources(earlier: Sources | null, now: Sources | null): string[] {
  if (earlier === null || now === null) return ["It is not known what its repositories held."];
  const names = [...new Set([...Object.keys(earlier), ...Object.keys(now)])].sort();
  return names.flatMap((name) => {
    const [before, after] = [earlier[name] ?? null, now[name] ?? null];
    if (before === null || after === null) return [`It cannot be told whether the repository ${name} has changed.`];
    return before === after ? [] : [`The repository ${name} has changed.`];
  });
}
