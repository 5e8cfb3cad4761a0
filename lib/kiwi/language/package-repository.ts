import type { PackageRepository } from "#lib/contracts/packages.ts";
import type { XmlElement } from "#lib/xml/tree.ts";

/** How a description is read, whichever way it is looked at. */
export interface ReadsElements {
  attribute(element: XmlElement, name: string): string | undefined;
  children(element: XmlElement, name: string): readonly XmlElement[];
}

/**
 * A `<repository>` as it is asked for its packages; null where it is not asked when an image is built: without an address,
 * or only set up in the image. `manager` is the package manager's name.
 */
export function packageRepository(
  { attribute, children }: ReadsElements,
  repository: XmlElement,
  manager: string,
): PackageRepository | null {
  const value = (name: string) => attribute(repository, name)?.trim() || null;
  const [source] = children(repository, "source");
  const path = source === undefined ? undefined : attribute(source, "path")?.trim();
  if (!path || ["true", "1"].includes(value("imageonly") ?? "")) return null;
  return {
    source: path,
    type: repositoryType(value("type"), manager),
    distribution: value("distribution"),
    components: value("components")?.split(/\s+/) ?? [],
  };
}

/** As it says itself, else what the package manager reads. */
function repositoryType(written: string | null, manager: string): PackageRepository["type"] {
  if (written !== null) return written === "apt-deb" || written === "rpm-md" ? written : null;
  if (manager === "apt") return "apt-deb";
  return /^(?:dnf|microdnf|zypper)/.test(manager) ? "rpm-md" : null;
}
