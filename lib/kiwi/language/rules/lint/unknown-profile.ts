import { guesser } from "#lib/relaxng/did-you-mean.ts";
import type { ImageLint } from "../rule.ts";
import { listedNames } from "./sections.ts";

export const unknownProfile: ImageLint = {
  code: "unknown-profile",
  layer: "lint",
  severity: "warning",
  title: "There is no profile of that name",
  meaning:
    "`profiles` and `requires` name profiles that `<profiles>` declares. KIWI does not complain about others: a section that is bound to an undeclared profile is silently left out of every build, and a profile that requires one cannot be built.",
  remedy: "Correct the name, or declare the profile.",
  example: {
    language: "xml",
    wrong: `<profiles>
  <profile name="Live" description="A live image"/>
</profiles>
<preferences/>
<packages type="image" profiles="live">
  <package name="vim"/>
</packages>`,
    right: `<profiles>
  <profile name="Live" description="A live image"/>
</profiles>
<preferences/>
<packages type="image" profiles="Live">
  <package name="vim"/>
</packages>`,
  },
  attributes: ["profiles"],
  check({ image, elements, partial }, say) {
    if (partial) return;
    const declared = new Set(image.profiles.map((profile) => profile.name));
    const guess = guesser();
    const check = (element: Parameters<typeof image.value>[0], attribute: "profiles" | "profile") => {
      const names = image.attribute(element, attribute);
      if (!names?.value) return;
      const list =
        attribute === "profile"
          ? [{ name: names.value, start: names.valueStart, end: names.valueEnd }]
          : listedNames(names);
      for (const { name, ...place } of list) {
        // Blanks around a name are a fault of their own.
        if (name !== name.trim() || name === "" || declared.has(name)) continue;
        const near = guess(name, () => [...declared]);
        const hint = near === null ? "" : ` Did you mean "${near}"?`;
        say({ message: `There is no profile "${name}".${hint}`, element, ...place });
      }
    };
    for (const element of elements) check(element, "profiles");
    for (const profile of image.profiles) for (const element of profile.requiring) check(element, "profile");
  },
};
