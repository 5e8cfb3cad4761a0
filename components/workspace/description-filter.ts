import type { Description } from "#lib/contracts/description.ts";

/** Whether every word of the filter occurs in the description's path, name, types or profiles. */
export function matches(description: Description, filter: string): boolean {
  const { facts } = description;
  const text = [
    description.id,
    facts?.name,
    facts?.displayName,
    facts?.specification,
    ...(facts?.types ?? []).flatMap((type) => [type.image, type.format, type.filesystem]),
    ...(facts?.profiles ?? []).map((profile) => profile.name),
  ]
    .join("\n")
    .toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The build types without repetition, in the order of the description; a disk format is named beside its type. */
export function typeNames(description: Description): string[] {
  const names = (description.facts?.types ?? []).map(({ image, format }) => (format ? `${image} (${format})` : image));
  return [...new Set(names)];
}
