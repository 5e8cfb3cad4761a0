import type { ElementPlace, FailurePlace, PlacedCause } from "#lib/contracts/failure-rule.ts";
import type { SourceDocument } from "#lib/kiwi/language/source-document.ts";
import { attributeOf, elementsOf, textOf, type XmlElement } from "#lib/xml/tree.ts";
import { fill, type Reading } from "./read-failure.ts";

/** The files of a description, as far as causes can stand in them. */
export interface FailedDescription {
  /** The image file and what it includes. */
  documents: readonly SourceDocument[];
  /** Text of any file of the folder; undefined where there is none. */
  read(path: string): string | undefined;
}

/** More places than this for one cause help nobody. */
const maxPlaces = 10;

/** The places of the first wish that the description can grant; none where it has nothing of the kind. */
export function findPlaces(
  wishes: readonly FailurePlace[],
  facts: Reading["facts"],
  description: FailedDescription,
): PlacedCause[] {
  for (const wish of wishes) {
    const places = "file" in wish ? inFile(wish, facts, description) : inDocuments(wish, facts, description);
    if (places.length > 0) return places.slice(0, maxPlaces);
  }
  return [];
}

function inFile(
  { file, line }: Extract<FailurePlace, { file: string }>,
  facts: Reading["facts"],
  { read }: FailedDescription,
): PlacedCause[] {
  const path = fill(file, facts, true);
  const text = path === null ? undefined : read(path);
  if (path === null || text === undefined) return [];
  const number = line === undefined ? 1 : Number(fill(line, facts, true)?.split(",")[0]);
  const lines = text.split("\n");
  if (!Number.isInteger(number) || number < 1 || number > lines.length) return [];
  return [{ file: path, line: number, column: 1, text: (lines[number - 1] ?? "").trim() }];
}

function inDocuments(wish: ElementPlace, facts: Reading["facts"], description: FailedDescription): PlacedCause[] {
  return findElements(wish, facts, description).map(({ document, place }) => placed(document, place.start));
}

/** An element that a wish names, with the part of it that is shown. */
export interface FoundElement {
  document: SourceDocument;
  element: XmlElement;
  place: { value: string; start: number };
}

/** The elements that a wish names. */
export function findElements(
  wish: ElementPlace,
  facts: Reading["facts"],
  { documents }: Pick<FailedDescription, "documents">,
): FoundElement[] {
  const names = everyValue(wish.element, facts);
  const values = wish.value === undefined ? null : everyValue(wish.value, facts);
  const parts = wish.part === undefined ? null : everyValue(wish.part, facts);
  if (names.length === 0 || values?.length === 0 || parts?.length === 0) return [];
  return documents.flatMap((document) =>
    [...elementsOf(document.children)].flatMap((element) => {
      if (!names.includes(element.name)) return [];
      const place = placeIn(element, wish.attribute);
      if (place === null) return [];
      if (values !== null && !values.includes(place.value)) return [];
      if (parts !== null && !parts.some((part) => sameAddress(place.value, part))) return [];
      return [{ document, element, place }];
    }),
  );
}

function placeIn(element: XmlElement, name: string | undefined): { value: string; start: number } | null {
  if (name === undefined) return { value: textOf(element).trim(), start: element.start };
  const attribute = attributeOf(element, name);
  return attribute === undefined ? null : { value: attribute.value, start: attribute.start };
}

/** KIWI writes addresses with other slashes and without scheme; either may be a part of the other. */
function sameAddress(written: string, found: string): boolean {
  const plain = (text: string) => text.replace(/\/+$/, "").replace(/^(?:this|dir|file):\/\//, "");
  const [one, other] = [plain(written), plain(found)];
  return one !== "" && other !== "" && (one.includes(other) || other.endsWith(one));
}

/** A template once for each value that its facts have. */
function everyValue(template: string, facts: Reading["facts"]): string[] {
  const name = /^\{(\w+)\}$/.exec(template)?.[1];
  if (name !== undefined) return [...(facts.get(name) ?? [])];
  const text = fill(template, facts, true);
  return text === null ? [] : [text];
}

function placed(document: SourceDocument, offset: number): PlacedCause {
  const { line, column } = document.lines.position(offset);
  const start = document.text.lastIndexOf("\n", offset - 1) + 1;
  const end = document.text.indexOf("\n", offset);
  const text = document.text.slice(start, end < 0 ? undefined : end).trim();
  return { file: document.path, line, column, text: text.slice(0, 300) };
}
