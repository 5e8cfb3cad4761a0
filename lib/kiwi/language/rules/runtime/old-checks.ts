import { atValue } from "#lib/relaxng/finding.ts";
import type { Build } from "../build.ts";
import type { RuntimeRule } from "../rule.ts";
import { firmwareOf } from "./firmware.ts";
import { typeFlag } from "./type-settings.ts";

/** Checks that only KIWI 9 has. */
export const oldChecks: readonly RuntimeRule[] = [
  {
    code: "bios-media-elsewhere",
    layer: "runtime",
    severity: "error",
    kiwiCheck: "check_architecture_supports_iso_firmware_setup",
    kiwi: { until: 9 },
    decidedBy: "machine",
    title: "BIOS media are for x86 only",
    meaning: "KIWI 9 makes live and installation media for BIOS with isolinux, which exists for x86 only.",
    remedy: 'Choose `firmware="efi"` or `firmware="uefi"` for other architectures.',
    example: {
      language: "xml",
      wrong: `<preferences arch="aarch64">
  <version>1.0.0</version>
  <type image="iso" flags="dmsquash" firmware="bios"/>
</preferences>`,
      right: `<preferences arch="aarch64">
  <version>1.0.0</version>
  <type image="iso" flags="dmsquash" firmware="efi"/>
</preferences>`,
    },
    check(build, say) {
      const { image, type, arch } = build;
      const firmware = image.attribute(type.element, "firmware");
      const media = type.name === "iso" || (type.name === "oem" && isInstaller(build));
      if (arch === null || /^(?:x86_64|i.86)$/.test(arch) || !media || firmware === undefined) return;
      if (firmwareOf(build, arch) !== "bios") return;
      say({ message: `Media for BIOS cannot be made for ${arch}.`, ...atValue(type.element, firmware) });
    },
  },
  {
    code: "secure-boot-with-overlay",
    layer: "runtime",
    severity: "error",
    kiwiCheck: "check_efi_mode_for_disk_overlay_correctly_setup",
    kiwi: { until: 9 },
    decidedBy: "type",
    title: "No Secure Boot with a root overlay",
    meaning: "KIWI 9 sets Secure Boot up by changing the root file system, which is read-only with `overlayroot`.",
    remedy: 'Choose `firmware="efi"`.',
    example: {
      language: "xml",
      wrong: `<preferences>
  <version>1.0.0</version>
  <type image="oem" filesystem="ext4" overlayroot="true" firmware="uefi"/>
</preferences>`,
      right: `<preferences>
  <version>1.0.0</version>
  <type image="oem" filesystem="ext4" overlayroot="true" firmware="efi"/>
</preferences>`,
    },
    check(build, say) {
      const firmware = build.image.attribute(build.type.element, "firmware");
      if (firmware?.value !== "uefi" || !typeFlag(build, "overlayroot")) return;
      const message = 'KIWI 9 cannot combine Secure Boot with "overlayroot": write firmware="efi".';
      say({ message, ...atValue(build.type.element, firmware) });
    },
  },
];

function isInstaller(build: Build): boolean {
  return typeFlag(build, "installiso") || typeFlag(build, "installstick");
}
