import {
  changedFiles,
  type EditableElement,
  type EditableFile,
  editableFiles,
  type ReadText,
  sectionsOf,
} from "./editable.ts";
import { type DeclaredProfile, includesName, resolveProfiles } from "./profiles.ts";

/** What decides which `<type>` KIWI builds. */
export interface TypeChoice {
  profiles: readonly string[];
  /** The `image=` value; absent = KIWI's own choice. */
  type?: string | undefined;
  architecture: string;
}

/**
 * The files of a description in which attributes of the `<type>` that is built are set anew, by path. KIWI has an option
 * for this, but it evaluates what it is given as a program (11: `system_build.py`), so the text is changed instead.
 * Null where the description has no such type.
 */
export function overrideType(
  imageFile: string,
  read: ReadText,
  choice: TypeChoice,
  attributes: Readonly<Record<string, string>>,
): Map<string, string> | null {
  const files = editableFiles(imageFile, read);
  const { type } = selectType(files, choice);
  if (type === undefined) return null;
  for (const [name, value] of Object.entries(attributes)) type.set(name, value);
  return changedFiles(files, read);
}

/** The `<type>` that KIWI builds for a choice, and the sections that are active with it. */
export function selectType(
  files: readonly EditableFile[],
  { profiles, type: image, architecture }: TypeChoice,
): { type: EditableElement | undefined; sections: EditableElement[] } {
  const all = sectionsOf(files);
  const { active } = resolveProfiles(declaredProfiles(all), profiles, architecture);
  const sections = all.filter(
    (section) => includesName(section.attribute("arch"), architecture) && isActive(section, active),
  );
  const types = sections
    .filter(({ name }) => name === "preferences")
    .flatMap((preferences) => preferences.children().filter(({ name }) => name === "type"));
  return { type: chosen(types, image), sections };
}

/** As KIWI takes it: the first of that name; without a name the first that is primary, else the first of all. */
function chosen(types: readonly EditableElement[], image: string | undefined): EditableElement | undefined {
  if (image !== undefined) return types.find((type) => type.attribute("image") === image);
  return types.find((type) => isTrue(type.attribute("primary"))) ?? types[0];
}

function declaredProfiles(sections: readonly EditableElement[]): DeclaredProfile[] {
  const named = (parent: EditableElement, name: string) => parent.children().filter((child) => child.name === name);
  return sections
    .filter(({ name }) => name === "profiles")
    .flatMap((section) => named(section, "profile"))
    .map((profile) => ({
      name: profile.attribute("name") ?? "",
      import: isTrue(profile.attribute("import")),
      arch: profile.attribute("arch"),
      requires: named(profile, "requires").map((required) => ({
        profile: required.attribute("profile") ?? "",
        arch: required.attribute("arch"),
      })),
    }));
}

function isActive(section: EditableElement, active: readonly string[]): boolean {
  const profiles = section.attribute("profiles");
  return !profiles || active.some((name) => includesName(profiles, name));
}

function isTrue(value: string | undefined): boolean {
  return /^\s*(?:true|1)\s*$/i.test(value ?? "");
}
