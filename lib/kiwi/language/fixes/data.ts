import { wholeLines } from "#lib/kiwi/formats/traps.ts";
import type { DataTree } from "#lib/kiwi/formats/tree.ts";
import { writeEntry, writeText } from "#lib/kiwi/formats/write-fragment.ts";
import { valueExpectation } from "#lib/relaxng/messages.ts";
import type { XmlElement } from "#lib/xml/tree.ts";
import { declarationOf, possibleAttributes } from "../context.ts";
import { scalar } from "../data-snippet.ts";
import type { SourceDocument } from "../source-document.ts";
import { type Candidate, type Fault, inFile } from "./fault.ts";

/** More values of a new attribute are not tried. */
const maxValues = 20;

/** Finds what stands at the place of a problem in a text that is not XML. */
export function inData(fault: Fault, data: DataTree): Fault {
  const { start, end } = fault;
  const items = [...data.items].filter(([, range]) => range.start === start && range.end === end);
  const place = data.places.find((one) => one.start <= start && start <= one.end);
  const element = items[0]?.[0] ?? place?.element ?? data.root;
  return { ...fault, element, attribute: items.length > 0 ? null : (place?.attribute ?? null) };
}

/**
 * Fixes for texts that are not XML. Names and values stand inside of their quotes there, so that what replaces them in
 * XML (`known`) does so here.
 */
export function dataFixes(fault: Fault, data: DataTree, known: readonly Candidate[]): Candidate[] {
  const replacing = known.flatMap((candidate) => replacement(fault, candidate));
  return [...trapFixes(fault, data), ...signFixes(fault), ...replacing, ...missingAttribute(fault), ...removal(fault)];
}

/** The new name or value of a fix for XML, in the place of the old one. */
function replacement({ document, start, end }: Fault, { title, action, edits: [edit] }: Candidate): Candidate[] {
  const text = edit?.text.replace(/^="(.*)"$/, "$1") ?? "";
  if (!/^(?:rename|change)-/.test(action) || !/^[^<>"'=\s]+$/.test(text)) return [];
  const isName = action.startsWith("rename-") || /["']/.test(document.text[start - 1] ?? "");
  const { format } = document;
  const written = isName || format === "xml" || format === "ini" ? text : writeText(text, format);
  return [{ title, action, edits: inFile(document, [{ start, end, text: written }]) }];
}

function trapFixes({ problem, document, start }: Fault, { traps }: DataTree): Candidate[] {
  const trap = traps.find((one) => one.code === problem.code && one.start === start);
  return (trap?.ways ?? []).map(({ title, ...edit }) => {
    const action = problem.code === "duplicate-key" ? "remove-key" : "put-in-quotes";
    return { title, action, edits: inFile(document, [edit]) };
  });
}

/** Single signs that are too much, or missing. */
function signFixes({ problem: { code, message }, document, start, end }: Fault): Candidate[] {
  const one = (title: string, action: string, text: string, until = end): Candidate[] => [
    { title, action, edits: inFile(document, [{ start, end: until, text }]) },
  ];
  if (code === "yaml-tab") return one("Write spaces", "replace-tab", "  ");
  if (code !== "json-comma") return [];
  return message.startsWith("A comma is missing")
    ? one("Add the comma", "add-comma", ",", start)
    : one("Remove the comma", "remove-comma", "");
}

/** Writes the keys that are missing before the first one. */
function missingAttribute({ problem, document, element, schema }: Fault): Candidate[] {
  const { format } = document;
  const declaration = element === null || schema === null ? null : declarationOf(schema.grammar, element);
  const isOther = problem.code !== "missing-attribute" || format === "xml" || format === "ini";
  if (isOther || element === null || schema === null || declaration === null) return [];
  const at = firstKey(document, element);
  if (at === null) return [];
  const { grammar } = schema;
  const lineStart = document.text.lastIndexOf("\n", at - 1) + 1;
  const indent = document.text.slice(lineStart, at).replace(/\S/g, " ");
  const inLine = /[{[,]/.test(document.text.slice(lineStart, at));
  return possibleAttributes(grammar, declaration, element.attributes)
    .filter(({ required }) => required)
    .flatMap(({ name, leaf }) => {
      const pattern = leaf.kind === "attribute" ? leaf.declaration.value : grammar.patterns.notAllowed;
      const { values } = valueExpectation(pattern, grammar.derive.leaves(pattern));
      return (values.length === 0 ? [""] : values.slice(0, maxValues)).map((value) => {
        const entry = writeEntry(`@${name}`, scalar(value), format, inLine);
        const comma = inLine || format === "json" || format === "json5" ? "," : "";
        const text = inLine ? `${entry}, ` : `${entry}${comma}\n${indent}`;
        const title = value === "" ? `Add "@${name}"` : `Add "@${name}" with ${value}`;
        return { title, action: "add-attribute", edits: inFile(document, [{ start: at, end: at, text }]) };
      });
    });
}

/** Where the first key of an element's mapping stands. */
function firstKey({ data }: SourceDocument, element: XmlElement): number | null {
  const own = (data?.places ?? []).filter((place) => {
    return place.kind === "attribute-name" ? place.element === element : place.element.parent === element;
  });
  return own.reduce<number | null>((first, { start }) => (first === null || start < first ? start : first), null);
}

/** Takes out a key that does not belong there, where it has its lines for itself. */
function removal({ problem, document, element, attribute }: Fault): Candidate[] {
  if (!/^(?:attribute|element)-(?:not-allowed|conflict)$|^rule-/.test(problem.code)) return [];
  const key = document.data?.places.find((place) =>
    attribute === null
      ? place.kind === "element-name" && place.element === element
      : place.kind === "attribute-name" && place.attribute === attribute,
  );
  const end = attribute?.end ?? element?.end;
  if (key === undefined || end === undefined) return [];
  const range = wholeLines(document.text, key.start, end);
  const name = attribute === null ? element?.name : `@${attribute.name}`;
  if (range === null) return [];
  const edits = inFile(document, [{ ...range, text: "" }]);
  return [{ title: `Remove "${name}"`, action: "remove-key", edits }];
}
