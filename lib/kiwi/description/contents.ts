import type { XmlElement } from "#lib/xml/tree.ts";
import type { Selection } from "./selection.ts";

/** Something that a selection installs, removes or leaves out. */
export interface Entry {
  name: string;
  /** Where it is written; null where KIWI adds it by itself. */
  element: XmlElement | null;
}

/** Packages are installed in two steps: `bootstrap` from outside into the empty tree, then `system` from inside. */
export type Phase = "bootstrap" | "system";

/** What the active `<packages>` sections ask for. */
export interface PackageLists {
  packages: Record<Phase, Entry[]>;
  /** Removed after config.sh: `delete` by force, `uninstall` with what depends on them. */
  removed: Record<"delete" | "uninstall", Entry[]>;
  /** Must not be installed, though others ask for them. */
  ignored: Record<Phase, Entry[]>;
  collections: Record<Phase, Entry[]>;
  products: Record<Phase, Entry[]>;
  archives: Record<Phase, Entry[]>;
  files: Record<Phase, Entry[]>;
}

/** Package names that differ from the name of the package manager. */
const packageOf: ReadonlyMap<string, string> = new Map(Object.entries({ dnf4: "dnf", apk: "apk-tools" }));

/** The lists of packages that KIWI makes of a selection. Each keeps the order of the description, and doubles. */
export function packageLists(selection: Selection): PackageLists {
  const { typeName } = selection;
  const entries = (name: string, ...kinds: (string | null)[]): Entry[] =>
    selection
      .sections("packages")
      .filter((section) => kinds.includes(selection.attribute(section, "type") ?? ""))
      .flatMap((section) => selection.children(section, name))
      .map((element) => ({ name: (selection.attribute(element, "name") ?? "").trim(), element }));
  const both = (name: string) => ({
    bootstrap: entries(name, "bootstrap"),
    system: entries(name, "image", typeName),
  });

  const packages = both("package");
  // The second step runs inside the new tree, which needs the package manager for it.
  if (packages.bootstrap.length > 0 && packages.system.length > 0) packages.bootstrap.push(packageManager(selection));
  return {
    packages,
    removed: { delete: entries("package", "delete"), uninstall: entries("package", "uninstall") },
    // KIWI asks sections of the image type in both steps for these.
    ignored: { bootstrap: entries("ignore", "bootstrap", typeName), system: entries("ignore", "image", typeName) },
    collections: {
      bootstrap: entries("namedCollection", "bootstrap", typeName),
      system: entries("namedCollection", "image", typeName),
    },
    products: { bootstrap: entries("product", "bootstrap", typeName), system: entries("product", "image", typeName) },
    archives: both("archive"),
    files: both("file"),
  };
}

function packageManager(selection: Selection): Entry {
  const element = selection.setting("packagemanager");
  const name = element === null ? "dnf4" : selection.text(element);
  return { name: packageOf.get(name) ?? name, element: null };
}

/** Names of entries as KIWI hands them on: sorted, each once. */
export function namesOf(entries: readonly Entry[]): string[] {
  return [...new Set(entries.map((entry) => entry.name))].sort();
}

/** The repositories of a selection, in the order of the description. */
export function repositories(selection: Selection): readonly XmlElement[] {
  return selection.sections("repository");
}

/** The users of a selection; of two with the same name the first counts, and later ones only add groups. */
export function users(selection: Selection): XmlElement[] {
  const found = new Map<string, XmlElement>();
  for (const user of selection.sections("users").flatMap((section) => selection.children(section, "user"))) {
    const name = selection.attribute(user, "name") ?? "";
    if (!found.has(name)) found.set(name, user);
  }
  return [...found.values()];
}

/** The volumes that the description lays out on the system disk of the type that is built. */
export function volumes(selection: Selection): readonly XmlElement[] {
  const [disk] = selection.type === null ? [] : selection.children(selection.type, "systemdisk");
  return disk === undefined ? [] : selection.children(disk, "volume");
}
