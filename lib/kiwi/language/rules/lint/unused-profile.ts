import { atName, atValue } from "#lib/relaxng/finding.ts";
import type { ImageLint } from "../rule.ts";

export const unusedProfile: ImageLint = {
  code: "unused-profile",
  layer: "lint",
  severity: "warning",
  title: "A profile selects nothing",
  meaning:
    "No section is bound to this profile, it requires no other, there is no overlay folder of its name, and no script of the description mentions it: choosing it changes nothing.",
  remedy: "Bind a section to it with `profiles`, or remove it.",
  example: {
    language: "xml",
    wrong: `<profiles>
  <profile name="Live" description="A live image"/>
</profiles>
<preferences/>`,
    right: `<profiles>
  <profile name="Live" description="A live image"/>
</profiles>
<preferences profiles="Live"/>`,
  },
  attributes: ["profiles"],
  check({ image, elements, partial, files, read, scripts }, say) {
    if (partial || image.profiles.length === 0) return;
    const used = new Set<string>();
    for (const element of elements) {
      for (const name of image.value(element, "profiles")?.split(",") ?? []) used.add(name.trim());
    }
    const texts = scripts.map((path) => read(path) ?? "");
    // A folder that is not known may be there.
    const folders = new Set([...(files ?? [])].map((path) => path.split("/", 1)[0]));
    for (const { name, element, requires } of image.profiles) {
      const attribute = image.attribute(element, "name");
      if (used.has(name) || requires.length > 0 || folders.has(name)) continue;
      if (texts.some((text) => text.includes(name))) continue;
      const place = attribute === undefined ? atName(element) : atValue(element, attribute);
      say({ message: `The profile "${name}" selects nothing.`, ...place });
    }
  },
};
