import { atName } from "#lib/relaxng/finding.ts";
import type { RuntimeRule } from "../rule.ts";
import { diskExample } from "./disk-example.ts";
import { typeChild, volumeManagement } from "./type-settings.ts";

export const swapNameWithoutLvm: RuntimeRule = {
  code: "swap-name-without-lvm",
  layer: "runtime",
  severity: "error",
  kiwiCheck: "check_swap_name_used_with_lvm",
  decidedBy: "type",
  title: "A name for swap without LVM",
  meaning: "`<oem-swapname>` names a volume of LVM. Without LVM, swap is a partition, which has no such name.",
  remedy: "Remove `<oem-swapname>`, or use LVM with `<systemdisk>`.",
  example: diskExample(
    `<oemconfig>
  <oem-swap>true</oem-swap>
  <oem-swapname>MySwap</oem-swapname>
</oemconfig>`,
    `<oemconfig>
  <oem-swap>true</oem-swap>
</oemconfig>`,
  ),
  check(build, say) {
    const name = typeChild(build, "oemconfig", "oem-swapname");
    if (name === undefined || volumeManagement(build) === "lvm") return;
    say({ message: "Only swap on LVM has a name: remove this, or use LVM with <systemdisk>.", ...atName(name) });
  },
};
