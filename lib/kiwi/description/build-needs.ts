import { type BuildOptions, repositoriesOf } from "#lib/contracts/build-options.ts";
import type { BuildNeeds, RepositoryNeeds } from "#lib/contracts/preflight.ts";
import { type EditableElement, editableFiles, type ReadText } from "./editable.ts";
import { selectType, type TypeChoice } from "./override-type.ts";

/** What a build of that choice would need; null where the description has no such type. */
export function buildNeeds(imageFile: string, read: ReadText, choice: TypeChoice): BuildNeeds | null {
  const { type, sections } = selectType(editableFiles(imageFile, read), choice);
  if (type === undefined) return null;
  const attribute = (name: string) => type.attribute(name)?.trim() || null;
  const active = (name: string) => sections.filter((section) => section.name === name);
  const manager = active("preferences").flatMap((section) => section.children().filter(isNamed("packagemanager")));
  return {
    type: type.attribute("image") ?? "",
    firmware: /^u?efi$/.test(attribute("firmware") ?? (choice.architecture === "aarch64" ? "efi" : "bios"))
      ? "efi"
      : "bios",
    lvm: type.children().some(isNamed("systemdisk")) && attribute("filesystem") !== "btrfs",
    luks: attribute("luks") !== null,
    filesystem: attribute("filesystem"),
    packageManager: manager[0]?.content() || null,
    repositories: active("repository").flatMap(repositoryNeeds),
  };
}

const isNamed = (name: string) => (element: EditableElement) => element.name === name;

function repositoryNeeds(repository: EditableElement): RepositoryNeeds[] {
  const source = repository.children().find(isNamed("source"));
  const path = source?.attribute("path")?.trim();
  if (!source || !path) return [];
  const keys = source.children().filter(isNamed("signing"));
  return [
    {
      source: path,
      type: repository.attribute("type")?.trim() || null,
      distribution: repository.attribute("distribution")?.trim() || null,
      keys: keys.flatMap((key) => key.attribute("key")?.trim() || []),
    },
  ];
}

/** The repositories of a description, and those that come with the wish for its build. */
export function repositoriesToAsk(
  { repositories }: { repositories: readonly RepositoryNeeds[] },
  options: BuildOptions,
): RepositoryNeeds[] {
  const wished = repositoriesOf(options).map(({ source, type = null, distribution = null }) => ({
    source,
    type,
    distribution,
    keys: [],
  }));
  return [...repositories, ...wished];
}
