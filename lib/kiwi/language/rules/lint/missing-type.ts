import { atName } from "#lib/relaxng/finding.ts";
import type { ImageLint } from "../rule.ts";

export const missingType: ImageLint = {
  code: "missing-type",
  layer: "runtime",
  severity: "error",
  title: "There is nothing to build",
  meaning:
    "`<type>` says what kind of image is made. The schema takes a description without one, but KIWI ends with KiwiTypeNotFound.",
  remedy: "Add a `<type>` to `<preferences>`.",
  example: {
    language: "xml",
    wrong: `<preferences>
  <version>1.0.0</version>
</preferences>`,
    right: `<preferences>
  <version>1.0.0</version>
  <type image="tbz"/>
</preferences>`,
  },
  check({ image, partial }, say) {
    if (partial || image.types.length > 0) return;
    const preferences = image.sections("preferences")[0]?.element ?? image.root;
    say({ message: "The description has no <type>: there is nothing to build.", ...atName(preferences) });
  },
};
