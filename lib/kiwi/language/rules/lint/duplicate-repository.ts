import { atValue } from "#lib/relaxng/finding.ts";
import type { Bound } from "../image.ts";
import type { ImageLint } from "../rule.ts";

/** Nobody gives an alias to more of them. */
const maxAlike = 500;

export const duplicateRepository: ImageLint = {
  code: "duplicate-repository",
  layer: "lint",
  severity: "warning",
  title: "Two repositories share an alias",
  meaning:
    "The alias names the file of the repository. Of two that are in effect together, the second overwrites the first, and KIWI does not say so.",
  remedy: "Give each repository an alias of its own, or leave `alias` out: KIWI then makes one from the address.",
  example: {
    language: "xml",
    wrong: `<preferences/>
<repository alias="main">
  <source path="https://example.com/main"/>
</repository>
<repository alias="main">
  <source path="https://example.com/updates"/>
</repository>`,
    right: `<preferences/>
<repository alias="main">
  <source path="https://example.com/main"/>
</repository>
<repository alias="updates">
  <source path="https://example.com/updates"/>
</repository>`,
  },
  check({ image }, say) {
    const byAlias = new Map<string, Bound[]>();
    for (const repository of image.sections("repository")) {
      const alias = image.attribute(repository.element, "alias");
      if (!alias?.value) continue;
      const same = byAlias.get(alias.value) ?? [];
      const first = same.find(
        (other) => meet(other.profiles, repository.profiles) && meet(other.arches, repository.arches),
      );
      if (first !== undefined) {
        const message = `The alias "${alias.value}" is taken: the second repository would overwrite the first.`;
        say({ message, ...atValue(repository.element, alias), first: first.element });
      }
      if (same.length < maxAlike) same.push(repository);
      byAlias.set(alias.value, same);
    }
  },
};

/** Whether two lists can be in effect together without anybody choosing profiles on purpose. */
function meet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === 0 || other.length === 0 || one.some((name) => other.includes(name));
}
