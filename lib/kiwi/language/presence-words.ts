import { packageLists, repositories } from "#lib/kiwi/description/contents.ts";
import { type Presence, presenceOf, type Selections } from "#lib/kiwi/description/presence.ts";
import type { XmlElement } from "#lib/xml/tree.ts";

/** Longer lists are cut off. */
const maxListed = 12;

/** For which choices an element counts, as the end of a sentence; "" where for all. */
export function presenceInWords({ profiles, withoutProfile, type, architectures }: Presence): string {
  const parts: string[] = [];
  if (profiles !== null) {
    if (profiles.length === 0) parts.push(withoutProfile ? "where no profile is chosen" : "with no profile alone");
    else {
      const one = profiles.length === 1 ? "profile" : "profiles";
      parts.push(`with the ${one} ${listed(profiles)}${withoutProfile ? ", or none chosen" : ""}`);
    }
  }
  if (type !== null) parts.push(`for the image type \`${type}\``);
  if (architectures !== null) parts.push(`on ${listed(architectures)}`);
  return parts.join(", ");
}

/** When a section or something in it counts, as a sentence. */
export function whenItCounts(selections: Selections, element: XmlElement): string {
  const words = presenceInWords(presenceOf(selections, element));
  return words === "" ? "Counts for every choice of profiles, type and architecture." : `Counts ${words}.`;
}

/** What happens to the packages of a section, by its type. */
const done: ReadonlyMap<string, string> = new Map(
  Object.entries({
    bootstrap: "Installed in the first step (from outside, into the empty tree)",
    delete: "Removed by force after `config.sh`",
    uninstall: "Removed after `config.sh`, with what depends on it",
    systemfiles: "Its files belong to the system files",
  }),
);

/** In which builds a package is installed, or removed, as a sentence. */
export function whenInstalled(selections: Selections, element: XmlElement): string {
  const { view, attribute } = selections.of(null);
  const section = view.parent(element);
  const kind = (section === null ? undefined : attribute(section, "type")) ?? "image";
  const words = presenceInWords(presenceOf(selections, element));
  return `${done.get(kind) ?? "Installed"}${words === "" ? ", in every build" : ` ${words}`}.`;
}

/** What a profile is and what it brings, in paragraphs; null where it is not declared. */
export function profileText(selections: Selections, name: string): string[] | null {
  const none = selections.of(null);
  const { root, children, attribute } = none;
  const declared = none.declared.find((profile) => profile.name === name);
  if (declared === undefined) return null;
  const element = none.view
    .children(root)
    .flatMap((child) => (child.kind === "element" && child.name === "profiles" ? none.view.children(child) : []))
    .find((child): child is XmlElement => child.kind === "element" && attribute(child, "name") === name);
  const selection = selections.of(name, declared.arch?.split(",")[0]);
  const brings = selection.profiles.filter((other) => other !== name);
  const lines = [`**Profile \`${name}\`** ${(element && attribute(element, "description")) ?? ""}`.trim()];
  if (declared.import) lines.push("Active where no profile is chosen.");
  if (declared.arch) lines.push(`Only on ${listed(declared.arch.split(","))}.`);
  if (brings.length > 0) lines.push(`Requires ${listed(brings)}.`);

  const own = (section: XmlElement) => attribute(section, "profiles")?.split(",").includes(name) ?? false;
  const lists = packageLists(selection).packages;
  const packages = [...lists.bootstrap, ...lists.system].filter((entry) => {
    const section = entry.element === null ? null : selection.view.parent(entry.element);
    return section !== null && own(section);
  });
  const found = repositories(selection).filter(own);
  const types = selection
    .sections("preferences")
    .filter(own)
    .flatMap((section) => children(section, "type"));
  const contents = [
    packages.length > 0 &&
      `${counted(packages.length, "package", "packages")} (${listed(packages.map((one) => one.name))})`,
    found.length > 0 && counted(found.length, "repository", "repositories"),
    types.length > 0 && `the image types ${listed([...new Set(types.map((type) => attribute(type, "image") ?? ""))])}`,
  ].filter((part) => part !== false);
  if (contents.length > 0) lines.push(`Brings ${contents.join("; ")}.`);
  return lines;
}

const counted = (count: number, one: string, several: string) => (count === 1 ? `one ${one}` : `${count} ${several}`);

export function listed(names: readonly string[]): string {
  const shown = names.slice(0, maxListed).map((name) => `\`${name}\``);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
