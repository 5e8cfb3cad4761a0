/** A profile as a description declares it. `arch` is the list of architectures that it is limited to. */
export interface DeclaredProfile {
  name: string;
  import: boolean;
  arch?: string | undefined;
  requires: readonly { profile: string; arch?: string | undefined }[];
}

/** A profile that a build needs and that is not there for its architecture: KIWI stops. */
export interface MissingProfile {
  name: string;
  /** The profile that requires it; null where it was asked for. */
  requiredBy: string | null;
  /** It is declared, but not for this architecture. */
  declared: boolean;
}

export interface ResolvedProfiles {
  /** The active profiles in KIWI's order. */
  active: readonly string[];
  missing: readonly MissingProfile[];
}

/**
 * The profiles that are active for those that are asked for: each with what it requires, through any number of steps.
 * Where none is asked for, those marked for import are active, and without what they require: KIWI does not look.
 */
export function resolveProfiles(
  declared: readonly DeclaredProfile[],
  asked: readonly string[],
  architecture: string,
): ResolvedProfiles {
  return profileResolver(declared, architecture)(asked);
}

/** Resolves one choice of profiles after the other. */
export function profileResolver(
  declared: readonly DeclaredProfile[],
  architecture: string,
): (asked: readonly string[]) => ResolvedProfiles {
  const here = declared.filter((profile) => includesName(profile.arch, architecture));
  // Of two with the same name the later one counts, as in KIWI.
  const byName = new Map(here.map((profile) => [profile.name, profile]));
  return (asked) => {
    if (asked.length === 0) return { active: here.flatMap(({ name, import: on }) => (on ? name : [])), missing: [] };
    const active = new Set<string>();
    const missing: MissingProfile[] = [];
    const add = (name: string, requiredBy: string | null): void => {
      if (active.has(name)) return;
      const profile = byName.get(name);
      if (profile === undefined) {
        missing.push({ name, requiredBy, declared: declared.some((one) => one.name === name) });
        return;
      }
      active.add(name);
      for (const { profile: required, arch } of profile.requires) {
        if (includesName(arch, architecture)) add(required, name);
      }
    };
    for (const name of asked) add(name, null);
    return { active: [...active], missing };
  };
}

/** Whether a list with commas, as KIWI reads it, holds a name or sets no limit. Blanks count: ` x` is another name. */
export function includesName(list: string | undefined, name: string): boolean {
  return !list || list.split(",").includes(name);
}
