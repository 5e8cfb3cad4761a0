import type { PackageWish } from "#lib/contracts/packages.ts";
import { namesOf, packageLists, repositories } from "#lib/kiwi/description/contents.ts";
import { type Choice, select } from "#lib/kiwi/description/selection.ts";
import { describedBy } from "./described.ts";
import type { Composition } from "./includes.ts";
import { packageRepository } from "./package-repository.ts";

/** What a build of a choice would have installed; null where the file is no description. */
export function wantedPackages(
  composition: Composition,
  schemaVersion: string | null,
  choice: Choice,
): PackageWish | null {
  const described = describedBy(composition, schemaVersion);
  if (described === null) return null;
  const selection = select(described, choice);
  const manager = selection.setting("packagemanager");
  const { packages, ignored } = packageLists(selection);
  const unwanted = new Set(namesOf(ignored.system));
  const named = [...namesOf(packages.bootstrap), ...namesOf(packages.system).filter((name) => !unwanted.has(name))];
  const managerName = manager === null ? "dnf4" : selection.text(manager);
  return {
    repositories: repositories(selection).flatMap((one) => packageRepository(selection, one, managerName) ?? []),
    names: [...new Set(named)].filter((name) => name !== ""),
    recommended: selection
      .sections("packages")
      .some((section) => selection.attribute(section, "patternType") === "plusRecommended"),
  };
}
