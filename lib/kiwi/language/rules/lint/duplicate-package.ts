import { atName, atValue } from "#lib/relaxng/finding.ts";
import type { Image, ListedPackage } from "../image.ts";
import type { ImageLint, Say } from "../rule.ts";

/** Nobody lists a package more often. */
const maxAlike = 500;

/** An entry with what binds it, ready to be compared with others. */
interface Compared {
  entry: ListedPackage;
  profiles: ReadonlySet<string>;
  arches: ReadonlySet<string>;
}

export const duplicatePackage: ImageLint = {
  code: "duplicate-package",
  layer: "lint",
  severity: "warning",
  title: "A package is listed twice",
  meaning:
    "Wherever this entry is in effect, another one of the same phase asks for the same already: both are in a list without profiles, or in the lists of the same ones. That a package is listed for `bootstrap` and for `image` is usual and not meant.",
  remedy: "Remove one of the two.",
  example: {
    language: "xml",
    wrong: `<preferences/>
<packages type="image">
  <package name="vim"/>
  <package name="vim"/>
</packages>`,
    right: `<preferences/>
<packages type="image">
  <package name="vim"/>
</packages>`,
  },
  check({ image }, say) {
    for (const listed of image.packages.values()) {
      if (listed.length === 1 || listed[0]?.name === "") continue;
      // Those of a name that could stand for each other.
      const alike = Map.groupBy(listed, ({ phase, element }) => `${phase} ${element.name}`);
      for (const list of alike.values()) compare(list.slice(0, maxAlike).map(comparable), image, say);
    }
  },
};

function compare(list: readonly Compared[], image: Image, say: Say): void {
  for (const [i, one] of list.entries()) {
    const { entry } = one;
    const first = list.find((other, j) => j !== i && covers(other, one) && (j < i || !covers(one, other)));
    if (first === undefined) continue;
    const attribute = image.attribute(entry.element, "name");
    const place = attribute === undefined ? atName(entry.element) : atValue(entry.element, attribute);
    const message = `"${attribute?.value.trim()}" is listed twice for ${entry.phase}.`;
    say({ message, ...place, first: first.entry.element });
  }
}

function comparable(entry: ListedPackage): Compared {
  return { entry, profiles: new Set(entry.profiles), arches: new Set(entry.arches) };
}

/** Whether one entry is in effect wherever the other is. */
function covers(one: Compared, other: Compared): boolean {
  return includesAll(one.profiles, other.profiles) && includesAll(one.arches, other.arches);
}

function includesAll(wide: ReadonlySet<string>, narrow: ReadonlySet<string>): boolean {
  return wide.size === 0 || (narrow.size > 0 && [...narrow].every((name) => wide.has(name)));
}
