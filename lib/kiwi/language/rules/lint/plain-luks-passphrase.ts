import { atValue } from "#lib/relaxng/finding.ts";
import type { ImageLint } from "../rule.ts";

export const plainLuksPassphrase: ImageLint = {
  code: "plain-luks-passphrase",
  layer: "lint",
  severity: "warning",
  title: "The passphrase of the disk stands in the description",
  meaning: "`luks` takes the passphrase itself. Whoever has the description can open every disk that is made from it.",
  remedy: 'Write `luks="random"` and set a passphrase at the first start, or name a key file with `file://`.',
  example: {
    language: "xml",
    wrong: `<preferences>
  <version>1.0.0</version>
  <type image="oem" filesystem="ext4" luks="secret"/>
</preferences>`,
    right: `<preferences>
  <version>1.0.0</version>
  <type image="oem" filesystem="ext4" luks="random"/>
</preferences>`,
  },
  check({ image }, say) {
    for (const { element } of image.types) {
      const luks = image.attribute(element, "luks");
      if (!luks?.value || luks.value === "random" || luks.value.startsWith("file://")) continue;
      const message = 'The passphrase can be read by everybody: use luks="random" or a key file, file://….';
      say({ message, ...atValue(element, luks) });
    }
  },
};
