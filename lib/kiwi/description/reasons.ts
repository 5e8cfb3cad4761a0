import type { XmlElement } from "#lib/xml/tree.ts";
import type { Choice, Inactive, Refusal } from "./selection.ts";

/** Why something does not count, as a short label. `placeOf` names the place of another element. */
export function reasonInWords(reason: Inactive, placeOf: (element: XmlElement) => string): string {
  switch (reason.kind) {
    case "profiles": {
      const [only = "", ...others] = reason.profiles;
      return others.length === 0
        ? `profile ${only} is not selected`
        : `none of the profiles ${reason.profiles.join(", ")} is selected`;
    }
    case "architecture":
      return `arch ${reason.architectures.join(", ")}`;
    case "type":
      return `image type ${reason.type} is not built`;
    case "overruled":
      return `${placeOf(reason.by)} counts instead`;
  }
}

/** Why KIWI refuses a choice, as a sentence. */
export function refusalInWords(refusal: Refusal, { profiles, architecture }: Choice): string {
  if (refusal.kind === "missing-type") {
    const when = profiles.length === 0 ? "without a profile" : "for these profiles";
    return refusal.asked === null
      ? `No image type is there ${when}.`
      : `The image type ${refusal.asked} is not there ${when}.`;
  }
  const { name, requiredBy, declared } = refusal;
  const missing = declared ? `is not there for ${architecture}` : "is not declared";
  return requiredBy === null
    ? `The profile ${name} ${missing}.`
    : `The profile ${name}, which ${requiredBy} requires, ${missing}.`;
}
