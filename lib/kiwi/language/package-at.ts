import type { TextRange } from "./contract.ts";
import { cursorAt } from "./cursor.ts";
import type { Reading } from "./reading.ts";

/** Elements whose name is one that repositories know. */
const named: ReadonlySet<string> = new Set(["package", "ignore"]);

/** The name of a package that an offset stands in, as far as it is written; null where it stands in none. */
export function packageAt({ document }: Reading, offset: number): TextRange | null {
  const cursor = cursorAt(document, offset);
  if (cursor.kind !== "attribute-value" || cursor.attribute.name !== "name") return null;
  const { element, attribute } = cursor;
  if (!named.has(element.name) || element.parent?.name !== "packages") return null;
  return { start: attribute.valueStart, end: attribute.valueEnd };
}
