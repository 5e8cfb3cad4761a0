import type { PackageRepository } from "#lib/contracts/packages.ts";
import type { Composition } from "./includes.ts";
import { type Bound, type Image, isTrue, type ListedPackage, readImage } from "./rules/image.ts";

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
  const repositories = image.sections("repository").flatMap((one) => repositoryOf(image, one, architecture));
  return { repositories, names: [...new Set(names)] };
}

/** Whether an entry makes a package manager look for a package of that name on an architecture. */
export function isInstalled({ element, name, phase, arches }: ListedPackage, architecture: string): boolean {
  return element.name === "package" && name !== "" && !removing.has(phase) && isFor(arches, architecture);
}

const isFor = (arches: readonly string[], architecture: string) => arches.length === 0 || arches.includes(architecture);

function repositoryOf(image: Image, { element, arches }: Bound, architecture: string): PackageRepository[] {
  const attribute = (name: string) => image.value(element, name)?.trim() || null;
  const [source] = image.children(element, "source");
  const path = source === undefined ? undefined : image.value(source, "path")?.trim();
  // One that is only set up in the image is not asked when it is built.
  if (!path || !isFor(arches, architecture) || isTrue(attribute("imageonly") ?? undefined)) return [];
  return [
    {
      source: path,
      type: repositoryType(image, attribute("type")),
      distribution: attribute("distribution"),
      components: attribute("components")?.split(/\s+/) ?? [],
    },
  ];
}

/** As it says itself, else what the package manager reads. */
function repositoryType(image: Image, written: string | null): PackageRepository["type"] {
  if (written !== null) return written === "apt-deb" || written === "rpm-md" ? written : null;
  const [manager] = image.within("preferences", "packagemanager");
  const name = manager === undefined ? "dnf4" : image.text(manager.element).trim();
  if (name === "apt") return "apt-deb";
  return /^(?:dnf|microdnf|zypper)/.test(name) ? "rpm-md" : null;
}
