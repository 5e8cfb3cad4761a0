import { parseXml } from "#lib/xml/parse.ts";
import { elementsOf } from "#lib/xml/tree.ts";
import type { Disagreement } from "./agreement.ts";

/** Whether a difference is one that is documented, with its proof, as KIWI's own: docs/conformance.md lists them. */
export function isKnown({ kiwi, text }: Pick<Disagreement, "kiwi" | "text">): boolean {
  if (!kiwi.startsWith("9.")) return false;
  // Steps of KIWI 9's oldest upgrades look at no version.
  return [...elementsOf(parseXml(text).children)].some(
    ({ local, parent }) =>
      (local.startsWith("oem-") && parent?.local === "preferences") || (local === "oemconfig" && parent === null),
  );
}
