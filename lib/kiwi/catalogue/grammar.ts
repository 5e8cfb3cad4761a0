import type { Entry } from "./entry.ts";
import { xmlExample } from "./syntax.ts";

function entry(code: string, title: string, meaning: string, remedy: string, wrong: string, right: string): Entry {
  return { code, layer: "relaxng", severity: "error", title, meaning, remedy, example: xmlExample(wrong, right) };
}

/** What KIWI's RELAX NG schema refuses. */
export const grammarEntries: readonly Entry[] = [
  entry(
    "wrong-root",
    "The outermost element is another one",
    "A description is an `<image>`.",
    "Put `<image>` around everything.",
    '<packages type="image">…</packages>',
    '<image schemaversion="8.5" name="example">…</image>',
  ),
  entry(
    "element-not-allowed",
    "An element that may not stand here",
    "The schema knows no element of that name, or not inside of this one. The message says what was meant, or where it belongs.",
    "Correct the name, or move the element.",
    "<image>\n  <version>1.0.0</version>\n</image>",
    "<image>\n  <preferences>\n    <version>1.0.0</version>\n  </preferences>\n</image>",
  ),
  entry(
    "element-out-of-place",
    "An element that something must precede",
    "The schema knows it here, but not before, after or beside what stands there.",
    "Add what must come first, or move the element.",
    '<entrypoint execute="/bin/sh"/>\n<entrypoint execute="/bin/bash"/>',
    '<entrypoint execute="/bin/bash"/>',
  ),
  entry(
    "too-many-elements",
    "An element that may stand only once",
    "There is another one already, perhaps in an included file. The message says where.",
    "Remove one of them.",
    "<preferences>\n  <version>1.0.0</version>\n  <version>1.0.1</version>\n</preferences>",
    "<preferences>\n  <version>1.0.1</version>\n</preferences>",
  ),
  entry(
    "missing-element",
    "An element that must be there is missing",
    "The schema insists on it.",
    "Add it.",
    "<repository/>",
    '<repository>\n  <source path="https://example.com/repository"/>\n</repository>',
  ),
  entry(
    "attribute-not-allowed",
    "An attribute that does not belong here",
    "The schema knows no attribute of that name at this element. It may be misspelt, belong to another element, or need a newer KIWI.",
    "Correct the name, or move the attribute.",
    '<type image="oem" filesystem="ext4" firmwar="efi"/>',
    '<type image="oem" filesystem="ext4" firmware="efi"/>',
  ),
  entry(
    "attribute-conflict",
    "Attributes that exclude each other",
    "Each of them is allowed here, but not both.",
    "Remove one of them.",
    '<subcommand execute="/bin/sh" clear="true"/>',
    '<subcommand execute="/bin/sh"/>',
  ),
  entry(
    "missing-attribute",
    "An attribute that must be there is missing",
    "The schema insists on it.",
    "Add it.",
    "<package/>",
    '<package name="vim"/>',
  ),
  entry(
    "wrong-value",
    "A value that is not allowed",
    "The schema lists the values of this attribute or element, or describes their form. Blanks around a word of a list count.",
    "Choose one that the message names.",
    '<type image="oem" filesystem="ext5"/>',
    '<type image="oem" filesystem="ext4"/>',
  ),
  entry(
    "text-not-allowed",
    "Text between elements",
    "This element holds other elements, no text.",
    "Remove the text, or make it a comment.",
    "<preferences>\n  my settings\n</preferences>",
    "<preferences>\n  <!-- my settings -->\n</preferences>",
  ),
];
