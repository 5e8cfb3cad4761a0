import type { Disagreement } from "./agreement.ts";

/** Whether a difference is one that is documented, with its proof, as KIWI's own: docs/conformance.md lists them. */
export function isKnown({ kiwi, what, ours, theirs }: Disagreement): boolean {
  // Steps of KIWI 9's oldest upgrades look at no version.
  return (
    kiwi.startsWith("9.") &&
    what === "tree" &&
    !ours.relaxng &&
    !theirs.relaxng &&
    /^\d+ oemconfig/m.test(theirs.tree ?? "")
  );
}
