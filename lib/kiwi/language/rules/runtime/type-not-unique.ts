import { atValue } from "#lib/relaxng/finding.ts";
import { active } from "../build.ts";
import type { RuntimeRule } from "../rule.ts";

export const typeNotUnique: RuntimeRule = {
  code: "type-not-unique",
  layer: "runtime",
  severity: "error",
  kiwiCheck: "check_image_type_unique",
  decidedBy: "fewer",
  title: "Two types of the same name at once",
  meaning: "`--type` names what is built. Two active `<type>` elements with the same `image` could not be told apart.",
  remedy: "Bind them to different profiles, or remove one.",
  example: {
    language: "xml",
    wrong: `<preferences>
  <version>1.0.0</version>
  <type image="oem" filesystem="ext4"/>
  <type image="oem" filesystem="xfs"/>
</preferences>`,
    right: `<profiles>
  <profile name="Ext4" description="A disk with ext4"/>
  <profile name="Xfs" description="A disk with XFS"/>
</profiles>
<preferences>
  <version>1.0.0</version>
</preferences>
<preferences profiles="Ext4">
  <type image="oem" filesystem="ext4"/>
</preferences>
<preferences profiles="Xfs">
  <type image="oem" filesystem="xfs"/>
</preferences>`,
  },
  check(build, say) {
    const { image } = build;
    const seen = new Set<string>();
    for (const { name, element } of active(image.types, build)) {
      const attribute = image.attribute(element, "image");
      if (seen.has(name) && attribute !== undefined) {
        const message = `There is another active type ${name}: bind one of them to another profile.`;
        say({ message, ...atValue(element, attribute) });
      }
      seen.add(name);
    }
  },
};
