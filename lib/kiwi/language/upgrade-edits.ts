import { plainView, type View } from "#lib/relaxng/view.ts";
import { removeAttributes, renameAttribute, setAttribute } from "#lib/xml/edit/attributes.ts";
import { insertChildren, moveElements, removeElement, replaceText, unwrapElement } from "#lib/xml/edit/elements.ts";
import type { TextEdit } from "#lib/xml/edit/text-edit.ts";
import type { NewElement } from "#lib/xml/edit/write.ts";
import { childElements, textOf, type XmlAttribute, type XmlElement } from "#lib/xml/tree.ts";
import type { SourceDocument } from "./source-document.ts";
import { upgrade } from "./upgrade.ts";
import { isMade } from "./upgrade-steps.ts";

/** One thing that an upgrade changes in a file. */
export interface UpgradeChange {
  kind: "dropped" | "changed" | "added";
  /** What, for people: `attribute "vga" of <type>`. */
  what: string;
  /** Where it stands now. */
  start: number;
  end: number;
}

/** The changes of one file, and in words what they do. */
export interface UpgradedFile {
  edits: TextEdit[];
  changes: UpgradeChange[];
}

/**
 * Writes into a file what the upgrade from schema version `from` to `to` shows. Only what changes is written: all else
 * stays as it is, byte for byte. `isMain` = its root names the version of the description.
 */
export function upgradeEdits(document: SourceDocument, isMain: boolean, from: number, to: string): UpgradedFile {
  const result: UpgradedFile = { edits: [], changes: [] };
  if (document.root === null) return result;
  const { view } = upgrade(plainView, from, to);
  const writer = { document, view, ...result };
  const pending = [document.root];
  for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
    // KIWI looks at no attribute of an included file's root.
    if (element !== document.root || isMain) writeAttributes(writer, element);
    const shown = view.children(element);
    if (shown !== element.children) writeChildren(writer, element);
    for (const child of [...shown].reverse()) {
      if (child.kind === "element" && isInside(child, element)) pending.push(child);
    }
  }
  result.changes.sort((a, b) => a.start - b.start);
  return result;
}

interface Writer extends UpgradedFile {
  document: SourceDocument;
  view: View;
}

/** The element stands in the text where it is shown, or in something in between that vanishes. */
function isInside(child: XmlElement, element: XmlElement): boolean {
  return !isMade(child) && child.start >= element.openEnd && child.end <= element.closeStart;
}

function writeAttributes({ document, view, edits, changes }: Writer, element: XmlElement): void {
  const shown = view.attributes(element);
  const written = element.attributes;
  if (shown === written) return;
  const owner = ` of <${element.name}>`;
  const note = (kind: UpgradeChange["kind"], what: string, { start, end }: { start: number; end: number }) =>
    changes.push({ kind, what, start, end });
  const added = new Set(shown.filter((one) => !written.some((old) => old.name === one.name)));
  const gone: XmlAttribute[] = [];
  for (const attribute of written) {
    const same = shown.find((one) => one.name === attribute.name);
    const renamed = same === undefined ? [...added].find((one) => one.start === attribute.start) : undefined;
    if (renamed !== undefined) {
      added.delete(renamed);
      edits.push(...renameAttribute(attribute, renamed.name), ...setValue(document, element, attribute, renamed.value));
      note("changed", `attribute "${attribute.name}"${owner} to "${renamed.name}"`, attribute);
    } else if (same === undefined) {
      gone.push(attribute);
      if (!isShownBelow(view, element, attribute)) {
        note("dropped", `attribute ${attribute.name}="${attribute.value}"${owner}`, attribute);
      }
    } else if (same.value !== attribute.value) {
      edits.push(...setValue(document, element, attribute, same.value));
      note("changed", `${attribute.name}="${attribute.value}"${owner} to "${same.value}"`, attribute);
    }
  }
  edits.push(...removeAttributes(document, element, gone));
  for (const attribute of added) {
    edits.push(...setAttribute(document, element, attribute.name, attribute.value));
    note("added", `attribute ${attribute.name}="${attribute.value}"${owner}`, element);
  }
}

function setValue(document: SourceDocument, element: XmlElement, attribute: XmlAttribute, value: string): TextEdit[] {
  return setAttribute(document, { ...element, attributes: [attribute] }, attribute.name, value);
}

/** Whether an attribute became one of a child. */
function isShownBelow(view: View, element: XmlElement, { start }: XmlAttribute): boolean {
  return view
    .children(element)
    .some((child) => child.kind === "element" && view.attributes(child).some((one) => one.start === start));
}

function writeChildren({ document, view, edits, changes }: Writer, element: XmlElement): void {
  const shown = view.children(element);
  const elements = shown.filter((node): node is XmlElement => node.kind === "element");
  for (const child of childElements(element)) if (!shown.includes(child)) edits.push(...takeAway(child));

  /** Takes an element away, and leaves in its place what of its content is shown there. */
  function takeAway(lost: XmlElement): TextEdit[] {
    const stays = elements.some((one) => isInside(one, lost));
    const inside = stays ? ", not all that is inside" : "";
    changes.push({ kind: "dropped", what: `<${lost.name}>${inside}`, start: lost.start, end: lost.end });
    if (!stays) return removeElement(document, lost);
    const inner = lost.children.flatMap((node) => {
      if (shown.includes(node) || node.kind === "comment") return [];
      if (node.kind === "element") return takeAway(node);
      const written = document.text.slice(node.start, node.end);
      if (written.trim() === "") return [];
      const start = node.start + written.length - written.trimStart().length;
      return [{ start, end: node.start + written.trimEnd().length, text: "" }];
    });
    return [...unwrapElement(document, lost), ...inner];
  }

  const made = elements.filter(isMade);
  if (made.length > 0) {
    const written = made.map((one) => newElement(view, one));
    edits.push(...insertChildren(document, element, written, "first"));
    for (const one of made) {
      changes.push({
        kind: "added",
        what: `<${one.name}> in <${element.name}>`,
        start: element.start,
        end: element.end,
      });
    }
  }
  const moved = elements.filter((one) => !isMade(one) && !isInside(one, element));
  if (moved.length > 0) edits.push(...moveElements(document, moved, document, element, "first").target);
  const text = textOf({ ...element, children: [...shown] });
  if (elements.length === 0 && text !== textOf(element)) {
    edits.push(...replaceText(document, element, text));
    const [start, end] = [element.openEnd, element.closeStart];
    changes.push({ kind: "changed", what: `"${textOf(element)}" in <${element.name}> to "${text}"`, start, end });
  }
}

/** An element that the upgrade made, with all later steps applied to it. */
function newElement(view: View, element: XmlElement): NewElement {
  const children = view.children(element);
  const text = textOf({ ...element, children: [...children] });
  return {
    name: element.name,
    attributes: view.attributes(element).map(({ name, value }) => [name, value] as const),
    children: childElements({ children }).map((child) => newElement(view, child)),
    ...(text === "" ? {} : { text }),
  };
}
