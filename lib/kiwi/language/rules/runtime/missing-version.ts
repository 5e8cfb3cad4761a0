import { atName } from "#lib/relaxng/finding.ts";
import { firstActive } from "../build.ts";
import type { RuntimeRule } from "../rule.ts";

export const missingVersion: RuntimeRule = {
  code: "missing-version",
  layer: "runtime",
  severity: "error",
  kiwiCheck: "check_image_version_provided",
  decidedBy: "more",
  title: "The image has no version",
  meaning:
    "Every image needs a version, because it is part of the names of its files. None of the `<preferences>` that are active has one.",
  remedy: "Write a `<version>` into one `<preferences>` that no profile binds.",
  example: {
    language: "xml",
    wrong: `<preferences>
  <type image="tbz"/>
</preferences>`,
    right: `<preferences>
  <version>1.0.0</version>
  <type image="tbz"/>
</preferences>`,
  },
  check(build, say) {
    const { image } = build;
    const given = firstActive(image.within("preferences", "version"), build);
    if (given !== undefined && image.text(given.element) !== "") return;
    const place = given ?? firstActive(image.sections("preferences"), build);
    say({ message: "The image needs a <version>.", ...atName(place?.element ?? image.root) });
  },
};
