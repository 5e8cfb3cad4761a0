import type { ItemKind } from "#lib/kiwi/language/forms/item-kinds.ts";

/** What a section of that type means, in a few words. */
export function sectionWords(type: string): string {
  switch (type) {
    case "image":
      return "In every image";
    case "bootstrap":
      return "Bootstrap";
    case "delete":
      return "Deleted by force after config.sh";
    case "uninstall":
      return "Uninstalled after config.sh";
    case "":
      return "Packages";
    default:
      return `Only in images of type ${type}`;
  }
}

export const kindWords: Readonly<Record<ItemKind, string>> = {
  package: "package",
  ignore: "ignored",
  namedCollection: "collection",
  product: "product",
  archive: "archive",
};
