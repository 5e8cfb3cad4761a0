import { atName } from "#lib/relaxng/finding.ts";
import type { ImageLint } from "../rule.ts";

export const importWithoutRequires: ImageLint = {
  code: "import-without-requires",
  layer: "lint",
  severity: "warning",
  title: "What an imported profile requires stays out",
  meaning:
    'Where no profile is chosen, those with `import="true"` are active, but not the profiles that they require. Chosen by name, they bring them.',
  remedy: 'Give the required profile `import="true"` as well, or always choose profiles by name.',
  example: {
    language: "xml",
    wrong: `<profiles>
  <profile name="Base" description="What all have"/>
  <profile name="Server" description="A server" import="true">
    <requires profile="Base"/>
  </profile>
</profiles>
<preferences profiles="Base,Server"/>`,
    right: `<profiles>
  <profile name="Base" description="What all have" import="true"/>
  <profile name="Server" description="A server" import="true">
    <requires profile="Base"/>
  </profile>
</profiles>
<preferences profiles="Base,Server"/>`,
  },
  check({ image }, say) {
    const imported = new Set(image.profiles.filter((profile) => profile.import).map((profile) => profile.name));
    for (const profile of image.profiles.filter((one) => one.import)) {
      for (const element of profile.requiring) {
        const required = image.value(element, "profile") ?? "";
        if (imported.has(required)) continue;
        const message = `Where no profile is chosen, KIWI imports "${profile.name}" without "${required}".`;
        say({ message, ...atName(element) });
      }
    }
  },
};
