import type { FormElement } from "#lib/kiwi/language/index.ts";

export type SectionId = "image" | "profiles" | "preferences" | "types" | "repositories" | "users" | "packages" | "more";

interface Section {
  id: SectionId;
  label: string;
  /** The children of `<image>` that it shows; absent = those that no other section shows. */
  elements?: readonly string[];
  /** What is said where there is nothing of it. */
  empty?: string;
  /** What its button to add something says, and what that adds. */
  adds?: { element: string; label: string };
}

/** The parts of the form, as people think of an image. */
export const sections: readonly Section[] = [
  { id: "image", label: "Image", elements: ["description"] },
  {
    id: "preferences",
    label: "Preferences",
    elements: ["preferences"],
    adds: { element: "preferences", label: "Add preferences, for all or some profiles" },
  },
  { id: "types", label: "Types", elements: ["preferences"] },
  {
    id: "repositories",
    label: "Repositories",
    elements: ["repository"],
    empty: "Without a repository there is nothing to install from.",
    adds: { element: "repository", label: "Add a repository" },
  },
  { id: "packages", label: "Packages", elements: ["packages", "include"] },
  {
    id: "users",
    label: "Users",
    elements: ["users"],
    empty: "Those who can log in to the image, root among them.",
    adds: { element: "users", label: "Add a group of users" },
  },
  {
    id: "profiles",
    label: "Profiles",
    elements: ["profiles"],
    empty: "With profiles one description makes several images.",
    adds: { element: "profiles", label: "Add profiles" },
  },
  {
    id: "more",
    label: "More",
    empty: "What few images have: containers and certificates inside, drivers to keep, files to strip.",
  },
];

export const known: readonly string[] = sections.flatMap(({ elements }) => elements ?? []);

/** The children of `<image>` that a section shows. */
export function partsOf({ elements }: Section, root: FormElement): FormElement[] {
  return root.children.filter(
    ({ element }) => (elements ?? []).includes(element) || (!elements && !known.includes(element)),
  );
}

export const typesOf = ({ children }: FormElement): FormElement[] =>
  children.filter(({ element }) => element === "type");

/** The section that shows an element. */
export function sectionOf(root: FormElement, { at }: FormElement): SectionId {
  const top = root.children.find((child) => child.at[0] === at[0]);
  if (top === undefined) return "image";
  if (top.element === "preferences") {
    const inside = top.children.find((child) => child.at[1] === at[1]);
    return inside?.element === "type" && at.length > 1 ? "types" : "preferences";
  }
  return sections.find(({ elements }) => elements?.includes(top.element))?.id ?? "more";
}
