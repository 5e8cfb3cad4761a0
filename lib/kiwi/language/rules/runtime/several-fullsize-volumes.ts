import { atValue } from "#lib/relaxng/finding.ts";
import type { RuntimeRule } from "../rule.ts";
import { diskExample } from "./disk-example.ts";
import { typeChild } from "./type-settings.ts";

export const severalFullsizeVolumes: RuntimeRule = {
  code: "several-fullsize-volumes",
  layer: "runtime",
  severity: "error",
  kiwiCheck: "check_volume_setup_defines_multiple_fullsize_volumes",
  decidedBy: "type",
  title: "Two volumes want all the space",
  meaning: "The size `all` gives a volume what the others leave. Only one volume can have that.",
  remedy: "Give all but one of them a size.",
  example: diskExample(
    `<systemdisk>
  <volume name="home" size="all"/>
  <volume name="srv" freespace="all"/>
</systemdisk>`,
    `<systemdisk>
  <volume name="home" size="all"/>
  <volume name="srv" freespace="500M"/>
</systemdisk>`,
  ),
  check(build, say) {
    const { image } = build;
    const systemDisk = typeChild(build, "systemdisk");
    if (systemDisk === undefined) return;
    // KIWI counts those of other architectures as well.
    const full = image.children(systemDisk, "volume").flatMap((volume) => {
      const size = image.value(volume, "size") ? image.attribute(volume, "size") : image.attribute(volume, "freespace");
      return size?.value.includes("all") ? [{ volume, size }] : [];
    });
    for (const { volume, size } of full.slice(1)) {
      const message = `Only one volume can have all the space, and "${image.value(full[0]?.volume ?? volume, "name")}" has it.`;
      say({ message, ...atValue(volume, size) });
    }
  },
};
