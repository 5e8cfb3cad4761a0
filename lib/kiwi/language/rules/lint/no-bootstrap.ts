import { atName } from "#lib/relaxng/finding.ts";
import type { ImageLint } from "../rule.ts";

export const noBootstrap: ImageLint = {
  code: "no-bootstrap",
  layer: "lint",
  severity: "warning",
  title: "Nothing begins the image",
  meaning:
    'The packages of `<packages type="bootstrap">` are installed from outside and make the tree in which the others are installed. Without them, and without `derived_from`, KIWI skips that phase and fails at the next.',
  remedy: 'Add `<packages type="bootstrap">` with the base system, for example `filesystem`.',
  example: {
    language: "xml",
    wrong: `<preferences>
  <version>1.0.0</version>
  <type image="tbz"/>
</preferences>
<packages type="image">
  <package name="vim"/>
</packages>`,
    right: `<preferences>
  <version>1.0.0</version>
  <type image="tbz"/>
</preferences>
<packages type="bootstrap">
  <package name="filesystem"/>
</packages>
<packages type="image">
  <package name="vim"/>
</packages>`,
  },
  check({ image, partial }, say) {
    const lists = image.sections("packages");
    const packages = lists.find(({ element }) => image.value(element, "type") === "image");
    const builds = image.types.filter(({ element }) => !image.value(element, "derived_from"));
    if (partial || packages === undefined || builds.length === 0) return;
    if (lists.some(({ element }) => image.value(element, "type") === "bootstrap")) return;
    say({ message: "There are no bootstrap packages to install these into.", ...atName(packages.element) });
  },
};
