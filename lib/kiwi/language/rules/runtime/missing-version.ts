import { atName } from "#lib/relaxng/finding.ts";
import { isActive } from "../build.ts";
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
    const active = image.sections("preferences").filter((section) => isActive(section, build));
    const given = active.flatMap(({ element }) => image.children(element, "version").slice(0, 1));
    if (given[0] !== undefined && image.text(given[0]) !== "") return;
    const place = given[0] ?? active[0]?.element ?? image.root;
    say({ message: "The image needs a <version>.", ...atName(place) });
  },
};
