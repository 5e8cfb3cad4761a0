import type { FormElement, FormPlace } from "#lib/kiwi/language/index.ts";

/** What tells elements of the same name from each other, the best first. */
const telling = ["image", "name", "alias", "label", "path", "source"] as const;

const fieldOf = (element: FormElement, name: string) => element.fields.find((field) => field.name === name)?.value;

/** What an element is called: "type oem", "repository updates". */
export function titleOf(element: FormElement): string {
  const own = telling.map((name) => fieldOf(element, name)).find((value) => value !== undefined && value !== "");
  const source = element.children.find((child) => child.element === "source");
  const value = own ?? (source && fieldOf(source, "path"));
  return value === undefined ? element.element : `${element.element} ${value}`;
}

/** The profiles that an element counts for, as written; "" = whichever. */
export const profilesOf = (element: FormElement): string => fieldOf(element, "profiles") ?? "";

/** What is wrong with an element or anything in it. */
export function countErrors(element: FormElement): number {
  const own = [...element.problems, ...element.fields.flatMap((field) => field.problems)];
  const inside = element.children.reduce((sum, child) => sum + countErrors(child), 0);
  return own.filter(({ severity }) => severity === "error").length + inside;
}

/** The innermost element in a line of a file; null where none of the form is there. */
export function elementAtLine(element: FormElement, path: string, line: number): FormElement | null {
  for (const child of element.children) {
    const found = elementAtLine(child, path, line);
    if (found !== null) return found;
  }
  return element.path === path && element.line <= line && line <= element.endLine ? element : null;
}

/** The name of an element in the page. */
export const anchorOf = ({ at }: Pick<FormElement, "at">): string => ["form", ...at].join("-");

/** Which element is meant, without all that is in it. */
export const placeOf = ({ at, element }: FormPlace): FormPlace => ({ at, element });

/** Whether the other element is this one, or inside of it. */
export const holds = ({ at }: FormPlace, other: FormPlace): boolean =>
  at.every((index, depth) => other.at[depth] === index);
