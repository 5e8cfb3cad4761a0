import { stringify } from "yaml";
import type { VersionedOption } from "#lib/contracts/build-options.ts";
import { parseVersion } from "./version.ts";

/** Where KIWI 9.24, 10 and 11 differ for whoever calls them. Everything else is called the same. */
export type Differences = {
  /** Options of a build that this KIWI does not have. */
  missingOptions: readonly VersionedOption[];
  /** Text of a `kiwi.yml` with these sections. */
  writeConfig(sections: Sections): string;
};

type Sections = Record<string, Record<string, string | readonly string[]>>;

/** How this version differs from the newest one. */
export function differencesOf(kiwiVersion: string): Differences {
  const major = parseVersion(kiwiVersion)?.[0] ?? 0;
  return {
    // 9.24 takes neither option nor an eleventh field of a repository.
    missingOptions: major >= 10 ? [] : ["releaseVersion", "caCertificates", "sourceType"],
    // 11 reads a map below each section, older versions a list of maps with one key each; the wrong shape is noticed
    // only after the whole prepare step.
    writeConfig: (sections) => stringify(major >= 11 ? sections : asLists(sections)),
  };
}

function asLists(sections: Sections): Record<string, Sections[string][]> {
  const toList = (section: Sections[string]) => Object.entries(section).map(([key, value]) => ({ [key]: value }));
  return Object.fromEntries(Object.entries(sections).map(([name, section]) => [name, toList(section)]));
}
