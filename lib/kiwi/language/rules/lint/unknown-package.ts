import { atValue } from "#lib/relaxng/finding.ts";
import { isInstalled } from "../../named-packages.ts";
import type { ImageLint } from "../rule.ts";

export const unknownPackage: ImageLint = {
  code: "unknown-package",
  layer: "lint",
  severity: "warning",
  title: "No repository has this package",
  meaning:
    "None of the repositories of the description offers a package of this name, or one that provides it. The package manager will refuse to install it, and the build ends there. This is only said where all repositories could be read.",
  remedy: "Correct the name, or add the repository that has the package.",
  example: {
    language: "xml",
    wrong: `<preferences/>
<packages type="image">
  <package name="vimm"/>
</packages>`,
    right: `<preferences/>
<packages type="image">
  <package name="vim"/>
</packages>`,
  },
  check({ image, packages }, say) {
    if (packages === undefined) return;
    for (const listed of image.packages.values()) {
      for (const entry of listed) {
        const near = packages.unknown[entry.name];
        const attribute = image.attribute(entry.element, "name");
        if (near === undefined || attribute === undefined || !isInstalled(entry, packages.architecture)) continue;
        const meant = near.length === 0 ? "" : ` Did you mean ${near.map((one) => `"${one}"`).join(" or ")}?`;
        const message = `No repository of this description has a package "${entry.name}".${meant}`;
        say({ message, ...atValue(entry.element, attribute) });
      }
    }
  },
};
