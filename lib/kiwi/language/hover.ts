import { type Selections, selectionsOf } from "#lib/kiwi/description/presence.ts";
import type { Schema } from "#lib/kiwi/schema.ts";
import { valueExpectation } from "#lib/relaxng/messages.ts";
import { attributeOf, type XmlAttribute, type XmlElement } from "#lib/xml/tree.ts";
import { declarationOf, possibleAttributes, possibleElements } from "./context.ts";
import type { Hover } from "./contract.ts";
import { cursorAt } from "./cursor.ts";
import { defaultOf } from "./defaults.ts";
import { describedBy } from "./described.ts";
import { imageTypesFor, pathInType } from "./image-types.ts";
import { keysIn } from "./in-format.ts";
import { documentationOf } from "./own-documentation.ts";
import { listed, profileText, whenInstalled, whenItCounts } from "./presence-words.ts";
import type { Reading } from "./reading.ts";
import { valuePlace } from "./values.ts";

/** The part of KIWI's handbook that lists all elements. */
const handbook = "[KIWI's handbook](https://osinside.github.io/kiwi/image_description/elements.html)";

/** What is known of the element or attribute at a place. */
export function hover(schema: Schema, reading: Reading, offset: number): Hover | null {
  const { document, request } = reading;
  const [composition] = reading.contexts;
  const cursor = cursorAt(document, offset);
  const described = describedBy(composition, schema.version);
  const selections = described === null ? null : selectionsOf(described);
  switch (cursor.kind) {
    case "element-name":
    case "end-tag": {
      const lines = cursor.element === null ? null : elementLines(schema, cursor.element, selections);
      if (cursor.element !== null) lines?.splice(1, 0, ...offeredLines(cursor.element, request));
      return lines && { markdown: keysIn(document, lines.join("\n\n")), start: cursor.start, end: cursor.end };
    }
    case "attribute-name":
    case "attribute-value": {
      const { attribute, element } = cursor;
      if (attribute === null) return null;
      if (cursor.kind === "attribute-value" && selections !== null) {
        const found = profileAt(selections, element, attribute, offset);
        if (found !== null) return found;
      }
      const lines = attributeLines(schema, element, attribute, selections);
      if (attribute.name === "name") lines?.splice(0, 0, ...offeredLines(element, request));
      return lines && { markdown: keysIn(document, lines.join("\n\n")), start: attribute.start, end: attribute.end };
    }
    default:
      return null;
  }
}

function elementLines(schema: Schema, element: XmlElement, selections: Selections | null): string[] | null {
  const { grammar } = schema;
  const declaration = declarationOf(grammar, element);
  if (declaration === null) return null;
  const needed = possibleAttributes(grammar, declaration, []).filter((candidate) => candidate.required);
  const children = possibleElements(grammar, declaration, [], []).filter((candidate) => candidate.required);
  const required = [...needed.map(({ name }) => `\`${name}\``), ...children.map(({ name }) => `\`<${name}>\``)];
  const lines = [`**\`<${element.name}>\`**`, documentationOf(declaration, element.name) ?? "No documentation."];
  if (required.length > 0) lines.push(`Required: ${required.join(", ")}`);
  lines.push(...placeLines(schema, element), ...factLines(element, selections), handbook);
  return lines;
}

/** What the place of an element in the description means for it. */
function factLines(element: XmlElement, selections: Selections | null): string[] {
  if (selections === null || element.parent === null) return [];
  const parent = element.parent.name;
  if (element.name === "package" && parent === "packages") return [whenInstalled(selections, element)];
  if (element.name === "profile" && parent === "profiles")
    return profileText(selections, attributeOf(element, "name")?.value ?? "") ?? [];
  return [...repositoryLines(element), whenItCounts(selections, element)];
}

/** What the repositories say of a package. */
function offeredLines(element: XmlElement, { packages }: Reading["request"]): string[] {
  if (element.name !== "package" || element.parent?.name !== "packages") return [];
  const offered = packages?.offered[attributeOf(element, "name")?.value.trim() ?? ""];
  if (offered === undefined) return [];
  const { name, version, installedSize, summary } = offered;
  const size = installedSize === null ? "" : `, ${(installedSize / 1e6).toFixed(1)} MB installed`;
  return [
    `**\`${name}\`** ${version}${size}`,
    ...(summary === "" ? [] : [summary.replace(/[\\`*_[\]<>#|~]/g, "\\$&")]),
  ];
}

function repositoryLines(element: XmlElement): string[] {
  if (element.name !== "repository") return [];
  const on = (name: string) => /^(?:true|1)$/.test(attributeOf(element, name)?.value ?? "");
  const alias = attributeOf(element, "alias")?.value;
  const type = attributeOf(element, "type")?.value;
  const use = on("imageonly")
    ? "Only set up in the image, not used to build it."
    : on("imageinclude")
      ? "Used to build the image, and set up in it."
      : "Used to build the image; the image itself does not know of it.";
  const name =
    alias === undefined ? "It has no alias: KIWI makes up a random one for each build." : `Alias \`${alias}\`.`;
  return [`${name}${type === undefined ? "" : ` Type \`${type}\`.`} ${use}`];
}

function attributeLines(
  schema: Schema,
  element: XmlElement,
  attribute: XmlAttribute,
  selections: Selections | null,
): string[] | null {
  const { grammar } = schema;
  const declaration = declarationOf(grammar, element);
  if (declaration === null) return null;
  const leaf = grammar.contentOf(declaration).attributes(attribute)[0]?.leaf;
  if (leaf?.kind !== "attribute") return null;
  const { value } = leaf.declaration;
  const documentation = documentationOf(leaf.declaration, element.name, attribute.local) ?? "No documentation.";
  const lines = [`**\`${attribute.name}\`** of \`<${element.name}>\``, documentation];
  if (value.kind !== "text") lines.push(`Must be ${valueExpectation(value, grammar.derive.leaves(value)).text}.`);
  const required = possibleAttributes(grammar, declaration, []).some(
    (one) => one.required && one.name === attribute.name,
  );
  if (required) lines.push(`Required in \`<${element.name}>\`.`);
  lines.push(...placeLines(schema, element, attribute.name));
  if (element.name === "package" && attribute.name === "name" && element.parent?.name === "packages" && selections)
    lines.push(whenInstalled(selections, element));
  lines.push(handbook);
  return lines;
}

/** To which image types it applies, and what counts where it is missing. */
function placeLines(schema: Schema, element: XmlElement, attribute?: string): string[] {
  const path = pathInType(element);
  const types = path === null ? null : imageTypesFor(schema, path, attribute);
  const otherwise = defaultOf(element.name, attribute);
  return [
    ...(types === null ? [] : [`Only for the image types ${listed(types)}.`]),
    ...(otherwise === undefined ? [] : [`Without it: ${otherwise}.`]),
  ];
}

/** The profile whose name stands at an offset: in `profiles=`, in `<requires>` or where it is declared. */
function profileAt(selections: Selections, element: XmlElement, attribute: XmlAttribute, offset: number): Hover | null {
  const names =
    attribute.name === "profiles" ||
    (element.name === "requires" && attribute.name === "profile") ||
    (element.name === "profile" && attribute.name === "name");
  if (!names) return null;
  const place = valuePlace(attribute, offset, attribute.valueStart, attribute.valueEnd);
  const name = attribute.value.slice(place.start - attribute.valueStart, place.end - attribute.valueStart);
  const lines = profileText(selections, name);
  return lines && { ...place, markdown: lines.join("\n\n") };
}
