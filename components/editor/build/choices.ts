import type { DescriptionFacts, TypeSummary } from "#lib/contracts/description.ts";

/**
 * The profiles that are active for a choice, as KIWI sees it: the chosen ones, or those marked for import where none
 * is chosen, and whatever they require, through any number of steps.
 */
export function activeProfiles(facts: DescriptionFacts, chosen: readonly string[]): Set<string> {
  const byName = new Map(facts.profiles.map((profile) => [profile.name, profile]));
  const start = chosen.length > 0 ? chosen : facts.profiles.filter((profile) => profile.import).map(({ name }) => name);
  const active = new Set<string>();
  const waiting = [...start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (active.has(name)) continue;
    active.add(name);
    waiting.push(...(byName.get(name)?.requires ?? []));
  }
  return active;
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
