import type { DescriptionFacts, TypeSummary } from "#lib/contracts/description.ts";
import { resolveProfiles } from "#lib/kiwi/description/profiles.ts";

/** The profiles that are active for a choice, as KIWI sees it, whatever the architecture. */
export function activeProfiles(facts: DescriptionFacts, chosen: readonly string[]): Set<string> {
  const declared = facts.profiles.map(({ name, import: imported, requires }) => ({
    name,
    import: imported,
    requires: requires.map((profile) => ({ profile })),
  }));
  return new Set(resolveProfiles(declared, chosen, "").active);
}

/** The types that can be built with these profiles, each once; what KIWI would take by itself comes first. */
export function availableTypes(facts: DescriptionFacts, chosen: readonly string[]): TypeSummary[] {
  const active = activeProfiles(facts, chosen);
  const fitting = facts.types.filter(
    (type) => type.profiles.length === 0 || type.profiles.some((name) => active.has(name)),
  );
  const first = [...fitting].sort((a, b) => Number(b.primary) - Number(a.primary));
  return [...new Map(first.toReversed().map((type) => [type.image, type])).values()].reverse();
}
