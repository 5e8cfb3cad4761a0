import { atName } from "#lib/relaxng/finding.ts";
import { isActive } from "../build.ts";
import type { RuntimeRule } from "../rule.ts";

export const missingRepository: RuntimeRule = {
  code: "missing-repository",
  layer: "runtime",
  severity: "error",
  kiwiCheck: "check_repositories_configured",
  decidedBy: "more",
  title: "There is no repository",
  meaning:
    "KIWI builds from repositories, and none is active. On the command line some can be added with `--add-repo`, which this check does not know of.",
  remedy: "Write a `<repository>`, without `profiles` or bound to the profiles that are built.",
  example: {
    language: "xml",
    wrong: `<preferences>
  <version>1.0.0</version>
  <type image="tbz"/>
</preferences>`,
    right: `<preferences>
  <version>1.0.0</version>
  <type image="tbz"/>
</preferences>
<repository>
  <source path="https://example.com/repository"/>
</repository>`,
  },
  check(build, say) {
    const { image } = build;
    if (image.sections("repository").some((section) => isActive(section, build))) return;
    say({ message: "The image needs a <repository>.", ...atName(image.root) });
  },
};
