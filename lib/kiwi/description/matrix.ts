import { namesOf, packageLists, repositories } from "./contents.ts";
import { refusalInWords } from "./reasons.ts";
import { type Described, type Refusal, type Selection, select } from "./selection.ts";

/** What KIWI would take for one set of profiles and one image type. All of it is data. */
export interface MatrixCell {
  type: string;
  /** Why KIWI would refuse, as a sentence; null where it would build. */
  refusal: string | null;
  /** Names of the packages of both steps, sorted. */
  packages: readonly string[];
  collections: readonly string[];
  archives: readonly string[];
  /** Aliases of the repositories, or their addresses where they have none, sorted. */
  repositories: readonly string[];
}

/** One set of profiles that can be asked for. */
export interface MatrixRow {
  /** As `--profile` names them; empty = none is asked for. */
  profiles: readonly string[];
  /** The description's words for it, of a single profile. */
  description: string;
  /** What becomes active besides: what they require, or what is imported where none is asked for. */
  brings: readonly string[];
  /** One for each type of the matrix. */
  cells: readonly MatrixCell[];
}

export interface ProfileMatrix {
  /** Every image type that the description has. */
  types: readonly string[];
  rows: readonly MatrixRow[];
}

/** Compares what can be built: no profile, each profile alone, and the sets in `others`, with each image type. */
export function profileMatrix(
  described: Described,
  architecture: string,
  others: readonly (readonly string[])[] = [],
): ProfileMatrix {
  const selection = (profiles: readonly string[], type: string | null = null) =>
    select(described, { profiles, type, architecture });
  const { declared, root, view, attribute } = selection([]);
  const descriptions = new Map<string, string>();
  const types = new Set<string>();
  for (const section of view.children(root)) {
    if (section.kind !== "element") continue;
    for (const child of view.children(section)) {
      if (child.kind !== "element") continue;
      if (section.name === "profiles")
        descriptions.set(attribute(child, "name") ?? "", attribute(child, "description") ?? "");
      if (section.name === "preferences" && child.name === "type") types.add(attribute(child, "image") ?? "");
    }
  }
  types.delete("");

  const names = [...new Set(declared.map((profile) => profile.name))];
  const single = names.map((name) => [name]);
  const sets = [[], ...others.filter((set) => set.length > 1), ...single];
  const rows = sets.map((profiles): MatrixRow => {
    const brings = selection(profiles).profiles.filter((name) => !profiles.includes(name));
    const [only = "", ...more] = profiles;
    return {
      profiles,
      description: more.length === 0 ? (descriptions.get(only) ?? "") : "",
      brings,
      cells: [...types].map((type) => cellOf(selection(profiles, type), type)),
    };
  });
  return { types: [...types], rows };
}

function cellOf(selection: Selection, type: string): MatrixCell {
  const refusal = selection.refusals.find(tellsMost) ?? selection.refusals[0];
  if (refusal !== undefined) {
    const none = { packages: [], collections: [], archives: [], repositories: [] };
    return { type, refusal: refusalInWords(refusal, selection.choice), ...none };
  }
  const { packages, collections, archives } = packageLists(selection);
  const { attribute, children } = selection;
  const names = repositories(selection).map((repository) => {
    const [source] = children(repository, "source");
    return attribute(repository, "alias") ?? (source === undefined ? "" : (attribute(source, "path") ?? ""));
  });
  return {
    type,
    refusal: null,
    packages: namesOf([...packages.bootstrap, ...packages.system]),
    collections: namesOf([...collections.bootstrap, ...collections.system]),
    archives: namesOf([...archives.bootstrap, ...archives.system]),
    repositories: [...new Set(names)].sort(),
  };
}

/** A profile that is not there explains a type that is not there. */
function tellsMost(refusal: Refusal): boolean {
  return refusal.kind === "missing-profile";
}

/** How one list of names differs from another; both sorted. */
export interface Difference {
  added: readonly string[];
  removed: readonly string[];
}

export function difference(base: readonly string[], other: readonly string[]): Difference {
  const [inBase, inOther] = [new Set(base), new Set(other)];
  return {
    added: other.filter((name) => !inBase.has(name)),
    removed: base.filter((name) => !inOther.has(name)),
  };
}
