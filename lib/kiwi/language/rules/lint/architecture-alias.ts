import type { ImageLint } from "../rule.ts";
import { listedNames } from "./sections.ts";

/** Names that the schema takes and `uname -m` never gives, with those that it gives. */
export const aliases: ReadonlyMap<string, readonly string[]> = new Map([
  ["amd64", ["x86_64"]],
  ["arm64", ["aarch64"]],
  ["ix86", ["i686", "i586"]],
  ["armv5el", ["armv5tel"]],
  ["armv6hl", ["armv6l"]],
  ["armv7hl", ["armv7l"]],
]);

export const architectureAlias: ImageLint = {
  code: "architecture-alias",
  layer: "lint",
  severity: "warning",
  title: "No machine calls itself that",
  meaning:
    "`arch` is compared with the machine's name as `uname -m` tells it, letter for letter. Distributions' names such as `amd64` never fit, unless somebody gives just that name with `--target-arch`.",
  remedy: "Write the machine's name, for example `x86_64` or `aarch64`.",
  example: {
    language: "xml",
    wrong: `<preferences/>
<packages type="image">
  <package name="grub-pc" arch="amd64"/>
</packages>`,
    right: `<preferences/>
<packages type="image">
  <package name="grub-pc" arch="x86_64"/>
</packages>`,
  },
  attributes: ["arch"],
  looksAt(element, image) {
    const arch = image.value(element, "arch");
    if (arch === undefined || element.name === "machine") return false;
    return arch.split(",").some((name) => aliases.has(name));
  },
  check({ image, elements }, say) {
    for (const element of elements) {
      const attribute = image.attribute(element, "arch");
      if (attribute === undefined) continue;
      const names = listedNames(attribute);
      for (const { name, start, end } of names) {
        const real = aliases.get(name);
        if (real === undefined || names.some((other) => real.includes(other.name))) continue;
        const message = `"${name}" fits no machine: KIWI compares it with what uname -m says, ${real.join(" or ")}.`;
        say({ message, element, start, end });
      }
    }
  },
};
