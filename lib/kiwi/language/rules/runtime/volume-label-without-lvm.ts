import type { RuntimeRule } from "../rule.ts";
import { diskExample } from "./disk-example.ts";
import { volumeManagement, volumes } from "./type-settings.ts";

export const volumeLabelWithoutLvm: RuntimeRule = {
  code: "volume-label-without-lvm",
  layer: "runtime",
  severity: "error",
  kiwiCheck: "check_volume_label_used_with_lvm",
  decidedBy: "type",
  title: "Subvolumes have no labels",
  meaning:
    "With btrfs the volumes of `<systemdisk>` become subvolumes of one file system, and only a file system can have a label.",
  remedy: 'Remove `label`, or ask for LVM with `<systemdisk preferlvm="true">`.',
  example: diskExample(
    `<systemdisk>
  <volume name="home" label="HOME"/>
</systemdisk>`,
    `<systemdisk>
  <volume name="home"/>
</systemdisk>`,
    "btrfs",
  ),
  check(build, say) {
    if (volumeManagement(build) === "lvm") return;
    for (const volume of volumes(build)) {
      const label = build.image.attribute(volume, "label");
      if (!label?.value || label.value === "SWAP") continue;
      const message = 'A subvolume of btrfs has no label: remove it, or write preferlvm="true" at <systemdisk>.';
      say({ message, element: volume, start: label.start, end: label.nameEnd });
    }
  },
};
