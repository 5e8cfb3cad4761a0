import { atValue } from "#lib/relaxng/finding.ts";
import { isActive } from "../build.ts";
import { isTrue } from "../image.ts";
import type { RuntimeRule } from "../rule.ts";

export const privateImageRepository: RuntimeRule = {
  code: "private-image-repository",
  layer: "runtime",
  severity: "error",
  kiwiCheck: "check_image_include_repos_publicly_resolvable",
  decidedBy: "fewer",
  title: "The image could not reach this repository",
  meaning:
    "`imageinclude` writes the repository into the image, where it stays in use. A folder of the building machine does not exist there. Addresses with `http`, `https`, `ftp` and `obs` are taken; whether `obs` is reachable for all is a setting of the builder.",
  remedy:
    "Give the address that the running image can reach, in a repository with `imageonly` perhaps, or remove `imageinclude`.",
  example: {
    language: "xml",
    wrong: `<preferences>
  <version>1.0.0</version>
  <type image="tbz"/>
</preferences>
<repository imageinclude="true">
  <source path="dir:///srv/repository"/>
</repository>`,
    right: `<preferences>
  <version>1.0.0</version>
  <type image="tbz"/>
</preferences>
<repository imageinclude="true">
  <source path="https://example.com/repository"/>
</repository>`,
  },
  check(build, say) {
    const { image } = build;
    for (const repository of image.sections("repository")) {
      if (!isTrue(image.value(repository.element, "imageinclude")) || !isActive(repository, build)) continue;
      const source = image.children(repository.element, "source")[0];
      const path = source && image.attribute(source, "path");
      if (source === undefined || path === undefined || /^(?:https?|ftp|obs):/i.test(path.value)) continue;
      const message =
        "A repository that stays in the image needs an address that the image can reach: http, https, ftp or obs.";
      say({ message, ...atValue(source, path) });
    }
  },
};
