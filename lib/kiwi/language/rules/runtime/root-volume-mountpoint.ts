import { atValue } from "#lib/relaxng/finding.ts";
import type { RuntimeRule } from "../rule.ts";
import { diskExample } from "./disk-example.ts";
import { volumes } from "./type-settings.ts";

export const rootVolumeMountpoint: RuntimeRule = {
  code: "root-volume-mountpoint",
  layer: "runtime",
  severity: "error",
  kiwiCheck: "check_volume_setup_has_no_root_definition",
  decidedBy: "type",
  title: "The root volume is named @root",
  meaning: "KIWI makes the volume for `/` itself. It takes its size and name from a volume called `@root`.",
  remedy: 'Write `name="@root"`, or `name="@root=NAME"` for a name of your own, without `mountpoint`.',
  example: diskExample(
    `<systemdisk>
  <volume name="system" mountpoint="/" size="4G"/>
</systemdisk>`,
    `<systemdisk>
  <volume name="@root=system" size="4G"/>
</systemdisk>`,
  ),
  check(build, say) {
    const { image } = build;
    for (const volume of volumes(build)) {
      const name = image.attribute(volume, "name");
      const mountpoint = image.value(volume, "mountpoint") ? image.attribute(volume, "mountpoint") : name;
      if (name === undefined || name.value.includes("@root") || mountpoint?.value !== "/") continue;
      const message = 'The volume for "/" is named @root and has no mountpoint.';
      say({ message, ...atValue(volume, mountpoint) });
    }
  },
};
