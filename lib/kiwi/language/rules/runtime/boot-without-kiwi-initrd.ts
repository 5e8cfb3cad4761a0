import { atName } from "#lib/relaxng/finding.ts";
import type { RuntimeRule } from "../rule.ts";
import { initrdSystem, typeValue } from "./type-settings.ts";

export const bootWithoutKiwiInitrd: RuntimeRule = {
  code: "boot-without-kiwi-initrd",
  layer: "runtime",
  severity: "error",
  kiwiCheck: "check_initrd_selection_required",
  decidedBy: "type",
  title: "A boot description without the initrd that uses it",
  meaning:
    "`boot` names a description for KIWI's own initrd. The type takes another initrd system, mostly dracut, which would ignore it; KIWI refuses that.",
  remedy: 'Remove `boot`, or choose the old initrd with `initrd_system="kiwi"`.',
  example: {
    language: "xml",
    wrong: `<preferences>
  <version>1.0.0</version>
  <type image="oem" filesystem="ext4" boot="oemboot/example"/>
</preferences>`,
    right: `<preferences>
  <version>1.0.0</version>
  <type image="oem" filesystem="ext4"/>
</preferences>`,
  },
  check(build, say) {
    const boot = build.image.attribute(build.type.element, "boot");
    if (!boot?.value || initrdSystem(build) === "kiwi") return;
    const system = typeValue(build, "initrd_system") ?? initrdSystem(build);
    const message = `"boot" has no effect with the initrd system ${system}: remove it, or write initrd_system="kiwi".`;
    say({ message, ...atName(build.type.element), start: boot.start, end: boot.nameEnd });
  },
};
