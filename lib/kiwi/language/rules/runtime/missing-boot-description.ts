import { atName, atValue } from "#lib/relaxng/finding.ts";
import type { RuntimeRule } from "../rule.ts";
import { initrdSystem, typeValue } from "./type-settings.ts";

export const missingBootDescription: RuntimeRule = {
  code: "missing-boot-description",
  layer: "runtime",
  severity: "error",
  kiwiCheck: "check_boot_description_exists",
  decidedBy: "type",
  title: "KIWI's own initrd needs a boot description",
  meaning:
    "For `oem` and `pxe`, KIWI's own initrd is an image of its own, and `boot` says which. `pxe` takes that initrd where nothing else is said. Whether the named description exists is checked on the builder.",
  remedy: 'Name it with `boot`, or choose `initrd_system="dracut"`.',
  example: {
    language: "xml",
    wrong: `<preferences>
  <version>1.0.0</version>
  <type image="pxe" filesystem="ext4"/>
</preferences>`,
    right: `<preferences>
  <version>1.0.0</version>
  <type image="pxe" filesystem="ext4" initrd_system="dracut"/>
</preferences>`,
  },
  check(build, say) {
    const { element, name } = build.type;
    if (!["oem", "pxe"].includes(name) || initrdSystem(build) !== "kiwi" || typeValue(build, "boot")) return;
    const attribute = build.image.attribute(element, "image");
    const message = `The type ${name} with KIWI's own initrd needs a boot description: boot="…", or initrd_system="dracut".`;
    say({ message, ...(attribute === undefined ? atName(element) : atValue(element, attribute)) });
  },
};
