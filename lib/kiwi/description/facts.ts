import { type DescriptionFacts, descriptionFactsSchema, type TypeSummary } from "#lib/contracts/description.ts";
import { formatOf } from "#lib/kiwi/formats/format.ts";
import { childrenNamed, type Element, limits, lineAt, type ReadError, type ReadResult } from "./element.ts";
import { mergeIncludes, type ReadFile } from "./includes.ts";
import { readData } from "./read-data.ts";
import { readXml } from "./read-xml.ts";

export type FactsResult = { facts: DescriptionFacts } | { error: ReadError };

/**
 * Reads what lists and dialogs need to know of a description. `read` gives the text of another file of its folder
 * (path relative to the folder), or undefined where there is none; it is asked for includes.
 */
export async function readFacts(file: string, text: string, read: ReadFile): Promise<FactsResult> {
  if (text.length > limits.characters) return { error: { message: "The file is larger than 4 MiB." } };
  const result = parse(file, text);
  if ("error" in result) return result;
  const { root } = result;
  const mistake = checkRoot(root, text);
  if (mistake) return { error: mistake };
  const merged = await mergeIncludes(root, text, read);
  return "error" in merged ? merged : { facts: factsOf(merged.root) };
}

function parse(file: string, text: string): ReadResult {
  const target = linkText(file, text);
  if (target !== undefined)
    return {
      error: {
        message: `This is not a description: the file holds only the name "${target}". Git writes symbolic links like this where links are switched off; check the files out again with links.`,
        line: 1,
      },
    };
  const format = formatOf(file, text);
  if (format === "ini") return { error: { message: "Descriptions in INI files are not read here.", line: 1 } };
  return format === "xml" ? readXml(text) : readData(text, format);
}

/** The file's name that is the whole content of a file, as Git leaves a link on systems without links. */
function linkText(file: string, text: string): string | undefined {
  return !file.endsWith(".xml") && /^[\w./-]+\.(xml|kiwi|ya?ml|json5?|toml)\s*$/.test(text) ? text.trim() : undefined;
}

function checkRoot(root: Element, text: string): ReadError | undefined {
  const line = lineAt(text, Math.max(0, text.search(/<image|^image/m)));
  if (root.name !== "image")
    return { message: `The outermost element is <${root.name}>; a description's is <image>.`, line };
  for (const attribute of ["name", "schemaversion"])
    if (!root.attributes.get(attribute)) return { message: `The image has no ${attribute}.`, line };
  return undefined;
}

function factsOf(image: Element): DescriptionFacts {
  const preferences = childrenNamed(image, "preferences");
  const about = childrenNamed(image, "description");
  return descriptionFactsSchema.parse({
    name: image.attributes.get("name"),
    schemaVersion: image.attributes.get("schemaversion"),
    ...optional("displayName", image.attributes.get("displayname")),
    ...optional("version", firstText(preferences, "version")),
    ...optional("packageManager", firstText(preferences, "packagemanager")),
    ...optional("specification", firstText(about, "specification")),
    ...optional("author", firstText(about, "author")),
    types: preferences.flatMap(typesOf),
    profiles: childrenNamed(image, "profiles").flatMap(profilesOf),
  });
}

function typesOf(preferences: Element): TypeSummary[] {
  const profiles = names(preferences.attributes.get("profiles"));
  // A type without `image` is an error that the validator explains; there is nothing to offer for it.
  return childrenNamed(preferences, "type").flatMap(({ attributes }) => {
    const image = attributes.get("image");
    if (!image) return [];
    return {
      image,
      ...optional("filesystem", attributes.get("filesystem")),
      ...optional("format", attributes.get("format")),
      primary: isTrue(attributes.get("primary")),
      profiles,
    };
  });
}

function profilesOf(profiles: Element): DescriptionFacts["profiles"] {
  return childrenNamed(profiles, "profile").map((profile) => ({
    name: profile.attributes.get("name") ?? "",
    description: profile.attributes.get("description") ?? "",
    import: isTrue(profile.attributes.get("import")),
    requires: childrenNamed(profile, "requires").flatMap((one) => one.attributes.get("profile") ?? []),
  }));
}

/** Scalars come from the first section that has them, as KIWI takes them. */
function firstText(sections: Element[], name: string): string | undefined {
  return sections.flatMap((section) => childrenNamed(section, name)).find((element) => element.text !== "")?.text;
}

function names(list: string | undefined): string[] {
  return (list ?? "").split(",").flatMap((name) => name.trim() || []);
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && ["true", "1"].includes(value.trim().toLowerCase());
}

function optional<Key extends string>(key: Key, value: string | undefined): { [K in Key]?: string } {
  return value ? ({ [key]: value } as { [K in Key]: string }) : {};
}
