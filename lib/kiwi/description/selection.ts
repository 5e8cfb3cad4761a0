import type { View } from "#lib/relaxng/view.ts";
import type { XmlElement } from "#lib/xml/tree.ts";
import { type DeclaredProfile, includesName, type MissingProfile, resolveProfiles } from "./profiles.ts";

/** What is chosen for a build. */
export interface Choice {
  /** As `--profile` names them; empty = those that the description marks for import. */
  profiles: readonly string[];
  /** As `--type` names it; null = the choice is KIWI's. */
  type: string | null;
  /** As `uname -m` or `--target-arch` names it. */
  architecture: string;
}

/** A description after includes and upgrade: its root, and how KIWI sees it. */
export interface Described {
  root: XmlElement;
  view: View;
}

/** Why KIWI refuses a choice. */
export type Refusal =
  | ({ kind: "missing-profile" } & MissingProfile)
  /** `asked` is null where no type at all is there for these profiles. */
  | { kind: "missing-type"; asked: string | null };

/** Why something that is written in a description does not count for a choice. */
export type Inactive =
  /** None of these profiles is active. */
  | { kind: "profiles"; profiles: readonly string[] }
  | { kind: "architecture"; architectures: readonly string[] }
  /** It belongs to another image type than the one that is built. */
  | { kind: "type"; type: string }
  /** Another one says it too, and that one counts. */
  | { kind: "overruled"; by: XmlElement };

/** A description as KIWI has it for one choice. Elements are those of the source, so that each knows its place. */
export interface Selection extends Described {
  readonly choice: Choice;
  /** What the description declares, whether active or not. */
  readonly declared: readonly DeclaredProfile[];
  /** The active profiles in KIWI's order. */
  readonly profiles: readonly string[];
  /** Every `<type>` that could be built with these profiles. */
  readonly types: readonly XmlElement[];
  /** The `<type>` that is built; null where there is none. */
  readonly type: XmlElement | null;
  /** Its name; the one that was asked for where there is none. */
  readonly typeName: string | null;
  /** Empty where KIWI would go on. */
  readonly refusals: readonly Refusal[];
  /** The active sections of that name, for example "packages", in the order of the description. */
  sections(name: string): readonly XmlElement[];
  /** The children of that name that are meant for the architecture. */
  children(parent: XmlElement, name: string): readonly XmlElement[];
  /** The element that counts for a setting of the preferences, for example "version"; null where none is active. */
  setting(name: string): XmlElement | null;
  attribute(element: XmlElement, name: string): string | undefined;
  /** The text directly inside an element, without the blanks around it. */
  text(element: XmlElement): string;
  /** The architectures, with commas, that an element itself is limited to; null where KIWI obeys no limit. */
  limitOf(element: XmlElement): string | null;
  /** Why an element does not count; null where it does, and where KIWI draws no line. */
  inactive(element: XmlElement): Inactive | null;
}

/**
 * The elements whose `arch` KIWI obeys. Others may carry one (`product`, `collectionModule`, `file`), which changes
 * nothing. KIWI 9 obeys fewer: to it `namedCollection` with `arch` counts always.
 */
const limitedByArchitecture: ReadonlySet<string> = new Set([
  "container",
  "containers",
  "ignore",
  "namedCollection",
  "package",
  "preferences",
  "profile",
  "repository",
  "requires",
  "users",
  "volume",
]);

/** The kinds of `<packages>` that are there for every image type; any other kind is the name of a type. */
export const packagesOfAllTypes: ReadonlySet<string> = new Set([
  "bootstrap",
  "delete",
  "image",
  "systemfiles",
  "uninstall",
]);

/**
 * Settings of the preferences of which one counts where several active sections have them: the first, or for those
 * that are written into the finished system, the last. (The first `locale` decides what rpm leaves out.)
 */
const settings: ReadonlyMap<string, "first" | "last"> = new Map([
  ["bootloader-theme", "last"],
  ["bootsplash-theme", "last"],
  ["keytable", "last"],
  ["locale", "last"],
  ["packagemanager", "first"],
  ["release-version", "first"],
  ["rpm-check-signatures", "first"],
  ["rpm-excludedocs", "first"],
  ["rpm-locale-filtering", "first"],
  ["timezone", "last"],
  ["version", "first"],
]);

/** The choice that KIWI makes of a description, after `kiwi/xml_state.py` of KIWI 9 to 11. */
export function select({ root, view }: Described, choice: Choice): Selection {
  const attribute = (element: XmlElement, name: string) =>
    view.attributes(element).find((one) => one.name === name)?.value;
  const all = (parent: XmlElement, name: string) =>
    view.children(parent).filter((child): child is XmlElement => child.kind === "element" && child.name === name);

  const declared = all(root, "profiles")
    .flatMap((profiles) => all(profiles, "profile"))
    .map((profile) => declaredProfile(profile, attribute, all));
  const { active, missing } = resolveProfiles(declared, choice.profiles, choice.architecture);
  const isActive: ReadonlySet<string> = new Set(active);
  const refusals: Refusal[] = missing.map((one) => ({ kind: "missing-profile", ...one }));

  const limitOf = (element: XmlElement) =>
    (limitedByArchitecture.has(element.name) && attribute(element, "arch")) || null;

  /** What an element says about itself, whatever it stands in. */
  const limit = (element: XmlElement): Inactive | null => {
    const profiles = element.parent?.parent === null ? attribute(element, "profiles") : undefined;
    if (profiles && !profiles.split(",").some((name) => isActive.has(name)))
      return { kind: "profiles", profiles: profiles.split(",") };
    const arch = limitOf(element);
    if (arch !== null && !includesName(arch, choice.architecture))
      return { kind: "architecture", architectures: arch.split(",") };
    return null;
  };
  const children = (parent: XmlElement, name: string) => all(parent, name).filter((one) => limit(one) === null);
  const known = new Map<string, readonly XmlElement[]>();
  const sections = (name: string): readonly XmlElement[] => {
    const found = known.get(name) ?? children(root, name);
    known.set(name, found);
    return found;
  };
  const setting = (name: string): XmlElement | null => {
    const found = sections("preferences").flatMap((section) => all(section, name).slice(0, 1));
    return (settings.get(name) === "last" ? found.at(-1) : found[0]) ?? null;
  };

  const types = sections("preferences").flatMap((section) => all(section, "type"));
  // KIWI's command line takes this old name for a disk.
  const asked = choice.type === "vmx" ? "oem" : choice.type;
  const type =
    asked === null
      ? (types.find((one) => isTrue(attribute(one, "primary"))) ?? types[0])
      : types.find((one) => attribute(one, "image") === asked);
  if (type === undefined) refusals.push({ kind: "missing-type", asked });
  const typeName = (type === undefined ? undefined : attribute(type, "image")) ?? asked;

  /** What the choice says about an element, whatever it stands in. */
  const ownReason = (element: XmlElement): Inactive | null => {
    const limited = limit(element);
    if (limited !== null) return limited;
    const parent = view.parent(element);
    const own = (name: string) => attribute(element, name) ?? "";
    if (element.name === "profile" && parent?.name === "profiles")
      return isActive.has(own("name")) ? null : { kind: "profiles", profiles: [own("name")] };
    if (element.name === "packages" && parent === root)
      return packagesOfAllTypes.has(own("type")) || own("type") === typeName
        ? null
        : { kind: "type", type: own("type") };
    if (parent?.name !== "preferences") return null;
    if (element.name === "type") return element === type ? null : otherType(own("image"), type ?? null, attribute);
    const counting = settings.has(element.name) ? setting(element.name) : null;
    return counting === null || counting === element ? null : { kind: "overruled", by: counting };
  };

  return {
    root,
    view,
    choice,
    declared,
    profiles: active,
    types,
    type: type ?? null,
    typeName,
    refusals,
    sections,
    children,
    setting,
    attribute,
    limitOf,
    text(element) {
      const parts = view
        .children(element)
        .map((node) => (node.kind === "text" || node.kind === "cdata" ? node.value : ""));
      return parts.join("").trim();
    },
    inactive(element) {
      let reason: Inactive | null = null;
      // What stands outside decides for all that stands inside.
      for (let at: XmlElement | null = element; at !== null && at !== root; at = view.parent(at))
        reason = ownReason(at) ?? reason;
      return reason;
    },
  };
}

function otherType(image: string, built: XmlElement | null, attribute: Selection["attribute"]): Inactive {
  // Of two types with the same name KIWI builds the first.
  const twin = built !== null && attribute(built, "image") === image;
  return twin ? { kind: "overruled", by: built } : { kind: "type", type: image };
}

function declaredProfile(
  profile: XmlElement,
  attribute: Selection["attribute"],
  all: (parent: XmlElement, name: string) => readonly XmlElement[],
): DeclaredProfile {
  return {
    name: attribute(profile, "name") ?? "",
    import: isTrue(attribute(profile, "import")),
    arch: attribute(profile, "arch"),
    requires: all(profile, "requires").map((one) => ({
      profile: attribute(one, "profile") ?? "",
      arch: attribute(one, "arch"),
    })),
  };
}

/** A boolean as XML Schema writes it. */
function isTrue(value: string | undefined): boolean {
  return value === "true" || value === "1";
}
