import { atValue } from "#lib/relaxng/finding.ts";
import type { XmlElement } from "#lib/xml/tree.ts";
import type { Build } from "../build.ts";
import type { RuntimeRule } from "../rule.ts";
import { diskExample } from "./disk-example.ts";
import { typeValue, volumeManagement, volumes } from "./type-settings.ts";

export const reservedVolumeLabel: RuntimeRule = {
  code: "reserved-volume-label",
  layer: "runtime",
  severity: "error",
  kiwiCheck: "check_volume_setup_defines_reserved_labels",
  decidedBy: "type",
  title: "A volume has a label that KIWI gives itself",
  meaning:
    "On LVM, KIWI labels the root volume (`ROOT`, or what `rootfs_label` says), swap (`SWAP`) and the spare partition (`SPARE`) itself. A second file system of that label would be mistaken for it at boot.",
  remedy: "Give the volume another label, or none.",
  example: diskExample(
    `<systemdisk>
  <volume name="home" label="SPARE"/>
</systemdisk>`,
    `<systemdisk>
  <volume name="home" label="HOME"/>
</systemdisk>`,
  ),
  check(build, say) {
    if (volumeManagement(build) !== "lvm") return;
    const reserved = [typeValue(build, "rootfs_label") || "ROOT", "SWAP", "SPARE"];
    for (const volume of volumes(build)) {
      const label = build.image.attribute(volume, "label");
      if (label === undefined || isSwap(build, volume) || !reserved.includes(label.value)) continue;
      const message = `KIWI uses the label ${label.value} itself; a volume must not have one of ${reserved.join(", ")}.`;
      say({ message, ...atValue(volume, label) });
    }
  },
};

/** A volume that is the swap space carries its label by right. */
function isSwap({ image }: Build, volume: XmlElement): boolean {
  const name = image.value(volume, "name") ?? "";
  return !name.includes("@root") && (image.value(volume, "mountpoint") || name) === "swap";
}
