import type { Described } from "#lib/kiwi/description/selection.ts";
import { attributeOf } from "#lib/xml/tree.ts";
import type { Composition } from "./includes.ts";
import { oldestVersion, upgrade } from "./upgrade.ts";

/**
 * A description as KIWI's upgrade to that schema version shows it, or as it is written where there is nothing to
 * upgrade or KIWI would refuse to; null where there is no `<image>` at all.
 */
export function describedBy(composition: Composition, schemaVersion: string | null): Described | null {
  const { root } = composition.main;
  if (root?.name !== "image") return null;
  const written = Number(attributeOf(root, "schemaversion")?.value);
  const due = schemaVersion !== null && written >= oldestVersion && written < Number(schemaVersion);
  return { root, view: due ? upgrade(composition.view, written, schemaVersion).view : composition.view };
}
