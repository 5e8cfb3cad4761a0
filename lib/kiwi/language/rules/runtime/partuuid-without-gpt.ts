import { atValue } from "#lib/relaxng/finding.ts";
import type { RuntimeRule } from "../rule.ts";
import { firmwareOf, partitionTable } from "./firmware.ts";

export const partuuidWithoutGpt: RuntimeRule = {
  code: "partuuid-without-gpt",
  layer: "runtime",
  severity: "error",
  kiwiCheck: "check_partuuid_persistency_type_used_with_mbr",
  decidedBy: "type",
  title: "Names by PARTUUID need a GPT",
  meaning:
    "An MBR (msdos) or DASD partition table has no ids for partitions; what Linux makes up for them changes with the disk. Which table an image has follows from the firmware and the architecture; x86_64 boots by BIOS with an MBR where nothing else is said.",
  remedy: 'Choose `firmware="efi"` or `firmware="uefi"`, or another `devicepersistency`.',
  example: {
    language: "xml",
    wrong: `<preferences arch="x86_64">
  <version>1.0.0</version>
  <type image="oem" filesystem="ext4" devicepersistency="by-partuuid"/>
</preferences>`,
    right: `<preferences arch="x86_64">
  <version>1.0.0</version>
  <type image="oem" filesystem="ext4" devicepersistency="by-partuuid" firmware="uefi"/>
</preferences>`,
  },
  check(build, say) {
    const persistency = build.image.attribute(build.type.element, "devicepersistency");
    if (persistency?.value !== "by-partuuid" || build.arch === null) return;
    const table = partitionTable(build, build.arch);
    if (table === "gpt") return;
    const firmware = firmwareOf(build, build.arch);
    const message = `by-partuuid needs a GPT, but the partition table is ${table}${firmware === "" ? "" : ` with the firmware ${firmware}`}.`;
    say({ message, ...atValue(build.type.element, persistency) });
  },
};
