import { changedFiles, type EditableElement, editableFiles, type ReadText, sectionsOf } from "./editable.ts";
import { selectType, type TypeChoice } from "./override-type.ts";

/** A description cut in two: what KIWI does up to its packages, and what it does with them. All by path of the file. */
export interface Stages {
  /** The description of nothing but packages: without overlays and scripts KIWI makes a root tree that holds just them. */
  packages: Map<string, string>;
  /** The description without packages: KIWI goes on with such a tree, and skips what it has. */
  configuration: Map<string, string>;
  /** Of the first one what decides which packages there will be. */
  deciding: Map<string, string>;
  /** Names in the description's folder that are of no account before the packages are there. */
  later: string[];
  /** Names in the folder that are of no account afterwards. */
  sooner: string[];
  /** Some packages are for one type of image only, so the type decides, too. */
  typeDecides: boolean;
}

/** Scripts that KIWI calls when all packages are there. */
const LATER_SCRIPTS = [
  ...["config.sh", "config-overlay.sh", "config-host-overlay.sh", "images.sh", "disk.sh", "pre_disk_sync.sh"],
  ...["edit_boot_config.sh", "edit_boot_install.sh", "exclude_files.yaml", "config-cdroot.tar"],
];
const OVERLAY_ARCHIVES = ["root.tar", "root.tar.gz", "root.tar.xz", "root.tar.bz2"];

/** What KIWI looks at when all packages are there, as names of sections and of elements of `<preferences>`. */
const LATER_SECTIONS = ["users", "containers"];
const LATER_PREFERENCES = ["locale", "keytable", "timezone", "bootsplash-theme"];

/** What KIWI reads with the packages, without consequences for them. */
const UNDECIDING_SECTIONS = ["description", "strip", "drivers"];
const UNDECIDING_PREFERENCES = ["type", "version", "bootloader-theme"];

/** Cuts a description in two, or says as a sentence why it must be built in one. */
export function stagesOf(imageFile: string, read: ReadText, choice: TypeChoice): Stages | { obstacle: string } {
  const cut = (isCut: (section: EditableElement, inner?: EditableElement) => boolean) => {
    const files = editableFiles(imageFile, read);
    for (const { root } of files)
      for (const section of root?.children() ?? []) {
        if (isCut(section)) section.remove();
        else if (section.name === "preferences")
          for (const inner of section.children()) if (isCut(section, inner)) inner.remove();
      }
    return changedFiles(files, read);
  };
  const files = editableFiles(imageFile, read);
  const obstacle = findObstacle(files, choice);
  if (obstacle !== null) return { obstacle };
  const isLater = (section: EditableElement, inner?: EditableElement) =>
    inner === undefined
      ? LATER_SECTIONS.includes(section.name) || isRemoval(section)
      : LATER_PREFERENCES.includes(inner.name);
  try {
    const decides = cut(
      (section, inner) =>
        isLater(section, inner) ||
        (inner === undefined
          ? UNDECIDING_SECTIONS.includes(section.name)
          : UNDECIDING_PREFERENCES.includes(inner.name)),
    );
    return {
      packages: cut(isLater),
      configuration: cut((section, inner) => inner === undefined && isPackages(section)),
      deciding: new Map(files.map(({ path }) => [path, decides.get(path) ?? read(path) ?? ""])),
      later: [...LATER_SCRIPTS, ...OVERLAY_ARCHIVES, "root", ...profilesOf(sectionsOf(files))],
      sooner: ["post_bootstrap.sh"],
      typeDecides: sectionsOf(files).some((one) => isPackages(one) && !/^(?:bootstrap|image)$/.test(typeOf(one))),
    };
  } catch {
    return { obstacle: "A description that is written in TOML or JSON5 is always built from nothing." };
  }
}

function findObstacle(files: Parameters<typeof selectType>[0], choice: TypeChoice): string | null {
  const { type, sections } = selectType(files, choice);
  if (type === undefined) return "The description has no such type.";
  const manager = sections
    .filter(({ name }) => name === "preferences")
    .flatMap((preferences) => preferences.children().filter(({ name }) => name === "packagemanager"))[0];
  if (manager?.content() !== "apt") return "Whether packages can be reused is proven for the package manager apt only.";
  for (const name of ["derived_from", "delta_root", "provide_system_files"])
    if (type.attribute(name) !== undefined) return `A type with the attribute "${name}" is always built from nothing.`;
  const packages = sections.filter(isPackages);
  if (!packages.some((one) => typeOf(one) === "bootstrap")) return "The description has no packages for the bootstrap.";
  if (packages.some((section) => section.children().some(({ name }) => name === "file")))
    return "Files that stand among the packages are always put into the image anew.";
  return null;
}

const typeOf = (section: EditableElement) => section.attribute("type")?.trim() ?? "image";
const isRemoval = (section: EditableElement) =>
  section.name === "packages" && /^(?:delete|uninstall)$/.test(typeOf(section));
const isPackages = (section: EditableElement) => section.name === "packages" && !isRemoval(section);

/** KIWI takes a folder that is called like a profile as an overlay. */
function profilesOf(sections: readonly EditableElement[]): string[] {
  return sections
    .filter(({ name }) => name === "profiles")
    .flatMap((section) => section.children().flatMap((profile) => profile.attribute("name") ?? []));
}
