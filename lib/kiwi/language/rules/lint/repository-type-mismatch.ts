import { atValue } from "#lib/relaxng/finding.ts";
import { isActive } from "../build.ts";
import type { ImageLint } from "../rule.ts";

/** Package managers by the kind of repositories that they read. */
const kinds: ReadonlyMap<string, readonly string[]> = new Map([
  ["apt-deb", ["apt", "apt-get"]],
  ["rpm-md", ["zypper", "dnf", "dnf4", "dnf5", "microdnf", "yum"]],
  ["apk", ["apk"]],
]);

export const repositoryTypeMismatch: ImageLint = {
  code: "repository-type-mismatch",
  layer: "lint",
  severity: "warning",
  title: "The package manager cannot read this repository",
  meaning:
    "`apt-deb` repositories are for apt, `rpm-md` for zypper and dnf, `apk` for apk. The package manager is `dnf4` where `<packagemanager>` is missing.",
  remedy: "Correct `type`, or the package manager.",
  example: {
    language: "xml",
    wrong: `<preferences>
  <packagemanager>apt</packagemanager>
</preferences>
<repository type="rpm-md">
  <source path="https://deb.example.com/debian"/>
</repository>`,
    right: `<preferences>
  <packagemanager>apt</packagemanager>
</preferences>
<repository type="apt-deb" distribution="stable" components="main">
  <source path="https://deb.example.com/debian"/>
</repository>`,
  },
  check({ image, partial }, say) {
    if (partial) return;
    const managers = image
      .sections("preferences")
      .flatMap((section) =>
        image.children(section.element, "packagemanager").map((one) => ({ ...section, name: image.text(one).trim() })),
      );
    if (managers.length === 0) return;
    for (const repository of image.sections("repository")) {
      const type = image.attribute(repository.element, "type");
      const readers = type && kinds.get(type.value);
      if (readers === undefined) continue;
      const active = { profiles: new Set(repository.profiles), arch: repository.arches[0] ?? null };
      const possible = repository.profiles.length === 0 ? managers : managers.filter((one) => isActive(one, active));
      if (possible.length === 0 || possible.some((one) => readers.includes(one.name))) continue;
      const names = [...new Set(possible.map((one) => one.name))].join(" and ");
      say({
        message: `${names} cannot read a repository of the type ${type?.value}.`,
        ...atValue(repository.element, type as NonNullable<typeof type>),
      });
    }
  },
};
