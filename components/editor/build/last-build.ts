import type { Build } from "#lib/contracts/build.ts";
import type { DescriptionFacts } from "#lib/contracts/description.ts";
import { activeProfiles, availableTypes } from "./choices.ts";

/** One `<type>` of a description: its `image=` and the profiles that its `<preferences>` are bound to. */
export interface BuiltType {
  image: string;
  profiles: readonly string[];
}

/** The newest of `builds` that made this type; `builds` are all of one description. */
export function lastBuildOf(type: BuiltType, builds: readonly Build[], facts: DescriptionFacts): Build | undefined {
  return builds
    .filter((build) => {
      // A build whose type nobody chose made what KIWI takes by itself.
      const image = build.type ?? availableTypes(facts, build.profiles)[0]?.image;
      const active = activeProfiles(facts, build.profiles);
      return image === type.image && (type.profiles.length === 0 || type.profiles.some((name) => active.has(name)));
    })
    .sort((a, b) => b.queuedAt.localeCompare(a.queuedAt))[0];
}
