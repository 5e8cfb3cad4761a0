import { atValue } from "#lib/relaxng/finding.ts";
import type { Build } from "../build.ts";
import type { RuntimeRule } from "../rule.ts";
import { typeChild, typeValue } from "./type-settings.ts";

/** The firmware that KIWI knows for each machine, the default first; the first row that fits counts. */
const families: readonly [RegExp, readonly string[]][] = [
  [/^x86_64$/, ["bios", "efi", "uefi", "ec2", "ec2hvm"]],
  [/^i(?:5|6|x)86$/, ["bios"]],
  [/^(?:aarch64|arm|riscv64|loongarch64)/, ["efi", "uefi"]],
  [/^ppc64/, ["ofw", "opal"]],
  [/^ppc$/, ["ofw"]],
  [/^s390/, []],
];

const known = (arch: string) => families.find(([names]) => names.test(arch))?.[1];

/** The firmware that is built for; "" where a machine has none. */
export function firmwareOf(build: Build, arch: string): string {
  return typeValue(build, "firmware") || (known(arch)?.[0] ?? "");
}

/** The kind of partition table that KIWI writes. */
export function partitionTable(build: Build, arch: string): string {
  if (arch.startsWith("s390")) {
    const loader = typeChild(build, "bootloader");
    const target = (loader && build.image.value(loader, "targettype")) ?? "";
    return target === "CDL" ? "dasd" : target === "GPT" ? "gpt" : "msdos";
  }
  if (arch.startsWith("ppc64")) return "gpt";
  if (!["efi", "uefi"].includes(firmwareOf(build, arch))) return "msdos";
  return typeValue(build, "efiparttable") || "gpt";
}

export const firmwareForMachine: RuntimeRule = {
  code: "firmware-not-available",
  layer: "runtime",
  severity: "error",
  decidedBy: "machine",
  title: "The architecture has no such firmware",
  meaning:
    "KIWI knows for each architecture which firmware it boots by, and stops with KiwiNotImplementedError where the type asks for another: x86_64 has bios, efi, uefi and ec2, Arm and RISC-V have efi and uefi, POWER has ofw and opal, s390 has none of them.",
  remedy: "Choose one that the architecture has, or `custom`; bind types for other architectures with `arch`.",
  example: {
    language: "xml",
    wrong: `<preferences arch="aarch64">
  <version>1.0.0</version>
  <type image="oem" filesystem="ext4" firmware="bios"/>
</preferences>`,
    right: `<preferences arch="aarch64">
  <version>1.0.0</version>
  <type image="oem" filesystem="ext4" firmware="uefi"/>
</preferences>`,
  },
  check(build, say) {
    const { image, type, arch } = build;
    const firmware = image.attribute(type.element, "firmware");
    const choice = arch === null ? undefined : known(arch);
    if (!firmware?.value || firmware.value === "custom" || choice === undefined) return;
    if (choice.includes(firmware.value)) return;
    const wanted = choice.length === 0 ? "none" : choice.filter((name) => name !== "ec2hvm").join(", ");
    const message = `${arch} has no firmware ${firmware.value}; it has ${wanted}.`;
    say({ message, ...atValue(type.element, firmware) });
  },
};
