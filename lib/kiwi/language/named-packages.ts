import type { PackageRepository } from "#lib/contracts/packages.ts";
import type { Composition } from "./includes.ts";
import { packageRepository } from "./package-repository.ts";
import { type ListedPackage, readImage } from "./rules/image.ts";

/** Packages that a description asks for by name, and where KIWI would look for them, whatever is chosen to build. */
export interface NamedPackages {
  repositories: PackageRepository[];
  names: string[];
}

/** Sections whose packages are taken away again; what is not there is no fault. */
const removing: ReadonlySet<string> = new Set(["delete", "uninstall"]);

/** null where the file is no description. */
export function namedPackages({ main, view }: Composition, architecture: string): NamedPackages | null {
  if (main.root === null || main.root.name !== "image") return null;
  const image = readImage(main.root, view);
  const names = [...image.packages.values()]
    .flat()
    .filter((entry) => isInstalled(entry, architecture))
    .map(({ name }) => name);
  const [manager] = image.within("preferences", "packagemanager");
  const managerName = manager === undefined ? "dnf4" : image.text(manager.element).trim();
  const reads = { attribute: image.value, children: image.children };
  const repositories = image
    .sections("repository")
    .filter(({ arches }) => isFor(arches, architecture))
    .flatMap(({ element }) => packageRepository(reads, element, managerName) ?? []);
  return { repositories, names: [...new Set(names)] };
}

/** Whether an entry makes a package manager look for a package of that name on an architecture. */
export function isInstalled({ element, name, phase, arches }: ListedPackage, architecture: string): boolean {
  return element.name === "package" && name !== "" && !removing.has(phase) && isFor(arches, architecture);
}

const isFor = (arches: readonly string[], architecture: string) => arches.length === 0 || arches.includes(architecture);
