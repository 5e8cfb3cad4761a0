import type { XmlElement } from "#lib/xml/tree.ts";
import { type Described, packagesOfAllTypes, type Selection, select } from "./selection.ts";

/** For which choices an element of a description counts. */
export interface Presence {
  /** The profiles with each of which alone it counts; null where it counts with every choice of profiles. */
  profiles: readonly string[] | null;
  /** It counts where no profile is asked for. */
  withoutProfile: boolean;
  /** The image type that it is limited to; null where it is not. */
  type: string | null;
  /** The architectures that it is limited to; null where it is not. */
  architectures: readonly string[] | null;
}

/** The selections of a description for each of its profiles alone, and for none, made when they are first needed. */
export interface Selections {
  of(profile: string | null, architecture?: string): Selection;
  readonly profiles: readonly string[];
}

export function selectionsOf(described: Described): Selections {
  const known = new Map<string, Selection>();
  const of = (profile: string | null, architecture = "x86_64") => {
    const key = `${profile ?? ""} ${architecture}`;
    const profiles = profile === null ? [] : [profile];
    const selection = known.get(key) ?? select(described, { profiles, type: null, architecture });
    known.set(key, selection);
    return selection;
  };
  return { of, profiles: [...new Set(of(null).declared.map((one) => one.name))] };
}

/** When an element counts, each profile asked for alone. */
export function presenceOf(selections: Selections, element: XmlElement): Presence {
  const { attribute, view } = selections.of(null);
  let architectures: string[] | null = null;
  let type: string | null = null;
  for (let at: XmlElement | null = element; at !== null; at = view.parent(at)) {
    const arch = selections.of(null).limitOf(at);
    if (arch !== null) architectures = arch.split(",").filter((one) => architectures?.includes(one) ?? true);
    const kind = at.name === "packages" ? attribute(at, "type") : undefined;
    if (kind !== undefined && !packagesOfAllTypes.has(kind)) type = kind;
    if (at.name === "type" && view.parent(at)?.name === "preferences") type = attribute(at, "image") ?? null;
  }
  const counts = (profile: string | null) => {
    const reason = selections.of(profile, architectures?.[0]).inactive(element);
    return reason === null || reason.kind === "type" || reason.kind === "overruled";
  };
  const profiles = selections.profiles.filter(counts);
  const withoutProfile = counts(null);
  const always = withoutProfile && profiles.length === selections.profiles.length;
  return { profiles: always ? null : profiles, withoutProfile, type, architectures };
}
