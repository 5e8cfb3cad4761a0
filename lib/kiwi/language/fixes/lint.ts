import { isAdjustable } from "#lib/kiwi/catalogue/index.ts";
import { nearest } from "#lib/relaxng/did-you-mean.ts";
import { setAttribute } from "#lib/xml/edit/attributes.ts";
import { removeElement } from "#lib/xml/edit/elements.ts";
import { lineEndOf, lineIndent, ownIndent } from "#lib/xml/edit/layout.ts";
import { attributeOf, elementsOf } from "#lib/xml/tree.ts";
import { type Candidate, type Fault, inFile } from "./fault.ts";

/** Ways to end what our own rules and KIWI's runtime checks complain of; the last is to be told no more of it. */
export function lintFixes(fault: Fault): Candidate[] {
  return [...mended(fault), ...silenced(fault)];
}

function mended(fault: Fault): Candidate[] {
  const { problem, element, attribute, document, start, end } = fault;
  if (element === null) return [];
  const change = (value: string): Candidate[] => {
    if (attribute === null || value === attribute.value) return [];
    const edits = setAttribute(document, element, attribute.name, value);
    return [{ title: `Change to "${value}"`, action: "change-value", edits: inFile(document, edits) }];
  };
  switch (problem.code) {
    case "duplicate-package": {
      const edits = inFile(document, removeElement(document, element));
      return [{ title: "Remove this one", action: "remove-element", edits }];
    }
    case "plain-http":
      return change((attribute?.value ?? "").replace(/^(?:http|ftp):/i, "https:"));
    case "bad-boolean":
      return change((attribute?.value ?? "").trim().toLowerCase());
    case "blank-in-list":
      return change((attribute?.value ?? "").trim().replace(/\s*,\s*/g, ","));
    case "unknown-profile": {
      const near = nearest(document.text.slice(start, end), declaredProfiles(fault));
      if (near === null) return [];
      const edits = inFile(document, [{ start, end, text: near }]);
      return [{ title: `Change to "${near}"`, action: "change-value", edits }];
    }
    default:
      return [];
  }
}

function declaredProfiles({ composition }: Fault): string[] {
  return [composition.main, ...composition.fragments].flatMap(({ children }) =>
    [...elementsOf(children)].flatMap((one) => (one.name === "profile" ? [attributeOf(one, "name")?.value ?? ""] : [])),
  );
}

/** A comment before the element that says that the rule does not count here. */
function silenced({ problem, element, document }: Fault): Candidate[] {
  if (element === null || element.parent === null || document.format !== "xml" || !isAdjustable(problem)) return [];
  const { text } = document;
  const comment = `<!-- kiwi-workbench-ignore ${problem.code} -->`;
  const gap = ownIndent(text, element.start) === null ? "" : lineEndOf(text) + lineIndent(text, element.start);
  const edits = inFile(document, [{ start: element.start, end: element.start, text: comment + gap }]);
  return [{ title: `Ignore "${problem.code}" here`, action: "ignore", edits }];
}
