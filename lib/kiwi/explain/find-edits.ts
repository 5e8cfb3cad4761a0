import type { FailureEdit, RemedyEdit } from "#lib/contracts/failure-rule.ts";
import { setAttribute } from "#lib/xml/edit/attributes.ts";
import { insertChildren, removeElement } from "#lib/xml/edit/elements.ts";
import { applyEdits, type TextEdit } from "#lib/xml/edit/text-edit.ts";
import { attributeOf, childElements } from "#lib/xml/tree.ts";
import { type FailedDescription, type FoundElement, findElements } from "./find-places.ts";
import { fill, type Reading } from "./read-failure.ts";

/** What a rule's edits would make of a description's files; only of those in XML, where all else stays as it is. */
export function findEdits(
  edits: readonly FailureEdit[],
  facts: Reading["facts"],
  description: Pick<FailedDescription, "documents">,
): RemedyEdit[] {
  return edits.flatMap((edit) => {
    const title = fill(edit.title, facts, true);
    if (title === null) return [];
    const found = findElements(edit.of, facts, description).filter(({ document }) => document.format === "xml");
    const adds = typeof edit.change === "object" && "add" in edit.change;
    // An addition has one place, however many there are.
    const chosen = adds ? found.slice(0, 1) : found;
    return [...new Set(chosen.map(({ document }) => document))].flatMap((document) => {
      const changes = chosen.flatMap((one) => (one.document === document ? changeOf(edit, one, facts) : []));
      const text = applyEdits(document.text, changes);
      return text === document.text ? [] : [{ title, path: document.path, text }];
    });
  });
}

/** Nothing where a value is not known. */
function changeOf(
  { of, change }: FailureEdit,
  { document, element }: FoundElement,
  facts: Reading["facts"],
): TextEdit[] {
  if (change === "remove") return removeElement(document, element);
  if ("set" in change) {
    const value = fill(change.set, facts, true);
    return value === null || of.attribute === undefined ? [] : setAttribute(document, element, of.attribute, value);
  }
  const attributes = Object.entries(change.attributes).map(
    ([name, value]) => [name, fill(value, facts, true)] as const,
  );
  const known = attributes.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  const same = childElements(element).some(
    (child) => child.name === change.add && known.every(([name, value]) => attributeOf(child, name)?.value === value),
  );
  if (same || known.length < attributes.length) return [];
  return insertChildren(document, element, [{ name: change.add, attributes: known }]);
}
