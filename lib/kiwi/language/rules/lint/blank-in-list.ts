import type { ImageLint } from "../rule.ts";
import { listedNames } from "./sections.ts";

const lists = ["profiles", "arch"];

export const blankInList: ImageLint = {
  code: "blank-in-list",
  layer: "lint",
  severity: "warning",
  title: "A blank is part of the name",
  meaning:
    "KIWI cuts `profiles` and `arch` at the commas and nothing else. The blank in `a, b` makes the second name ` b`, which fits nothing.",
  remedy: "Write the names without blanks: `a,b`.",
  example: {
    language: "xml",
    wrong: `<profiles>
  <profile name="Live" description="A live image"/>
  <profile name="Disk" description="A disk"/>
</profiles>
<preferences profiles="Live, Disk"/>`,
    right: `<profiles>
  <profile name="Live" description="A live image"/>
  <profile name="Disk" description="A disk"/>
</profiles>
<preferences profiles="Live,Disk"/>`,
  },
  attributes: lists,
  looksAt: (element, image) => lists.some((list) => /\s/.test(image.value(element, list) ?? "")),
  check({ image, elements }, say) {
    for (const element of elements) {
      for (const list of lists) {
        const attribute = image.attribute(element, list);
        if (attribute === undefined) continue;
        for (const { name, start, end } of listedNames(attribute)) {
          if (name === name.trim()) continue;
          const message = `The blank belongs to the name: KIWI looks for "${name}", which fits nothing. Remove it.`;
          say({ message, element, start, end });
        }
      }
    }
  },
};
