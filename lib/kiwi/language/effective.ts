import { reasonInWords, refusalInWords } from "#lib/kiwi/description/reasons.ts";
import { type Choice, type Selection, select } from "#lib/kiwi/description/selection.ts";
import { childElements, type XmlElement } from "#lib/xml/tree.ts";
import { describedBy } from "./described.ts";
import { type EffectiveText, effectiveText, type PlaceRange } from "./effective-text.ts";
import type { Reading } from "./reading.ts";

/** A description as KIWI sees it for one choice, as one text. All of it is data: nothing refers to a parsed file. */
export interface EffectiveDescription extends Pick<EffectiveText, "text" | "lines" | "changes"> {
  /** What does not count, and why, as a short label; outermost only. */
  inactive: readonly (PlaceRange & { reason: string })[];
  /** The active profiles, in KIWI's order. */
  profiles: readonly string[];
  /** The image type that is built; null where there is none. */
  type: string | null;
  /** Why KIWI refuses the choice, as sentences; empty where it does not. */
  refusals: readonly string[];
  /** What can be chosen. */
  options: ChoiceOptions;
}

export interface ChoiceOptions {
  profiles: readonly { name: string; description: string; import: boolean }[];
  /** The image types that there are for the chosen profiles, each once. */
  types: readonly string[];
}

/** `upgraded`: written as KIWI upgrades it, else as its author wrote it. null where the file is no description. */
export function effective(
  { contexts: [composition] }: Reading,
  schemaVersion: string | null,
  choice: Choice,
  upgraded: boolean,
): EffectiveDescription | null {
  const asKiwi = describedBy(composition, schemaVersion);
  if (asKiwi === null) return null;
  const selection = select(asKiwi, choice);
  const written = effectiveText(composition, upgraded ? asKiwi : { ...asKiwi, view: composition.view });
  const placeOf = (element: XmlElement) => {
    const document = composition.documentOf(element);
    return `${document.path}, line ${document.lines.position(element.start).line}`;
  };

  const inactive: (PlaceRange & { reason: string })[] = [];
  const pending = [asKiwi.root];
  for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
    const reason = selection.inactive(element);
    if (reason === null) {
      pending.push(...childElements({ children: asKiwi.view.children(element) }).reverse());
      continue;
    }
    const range = written.rangeOf(composition.documentOf(element), element.start, element.end);
    if (range !== null) inactive.push({ ...range, reason: reasonInWords(reason, placeOf) });
  }

  return {
    text: written.text,
    lines: written.lines,
    changes: written.changes,
    inactive,
    profiles: selection.profiles,
    type: selection.type === null ? null : selection.typeName,
    refusals: selection.refusals.map((refusal) => refusalInWords(refusal, choice)),
    options: optionsOf(selection),
  };
}

function optionsOf(selection: Selection): ChoiceOptions {
  const { attribute, children, root, types } = selection;
  const descriptions = new Map(
    children(root, "profiles")
      .flatMap((profiles) => children(profiles, "profile"))
      .map((profile) => [attribute(profile, "name"), attribute(profile, "description")]),
  );
  return {
    profiles: selection.declared.map((profile) => ({
      name: profile.name,
      description: descriptions.get(profile.name) ?? "",
      import: profile.import,
    })),
    types: [...new Set(types.map((type) => attribute(type, "image") ?? ""))].filter((name) => name !== ""),
  };
}
