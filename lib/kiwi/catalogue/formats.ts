import type { Entry } from "./entry.ts";

/** What can be wrong with descriptions in YAML, JSON and TOML. */

type Row = [code: string, title: string, meaning: string, remedy: string, wrong: string, right: string];

const traps: readonly Row[] = [
  [
    "number-rewritten",
    "A number that KIWI reads as another one",
    "Without quotes this is a number, and KIWI writes numbers in its own way: `1.10` becomes `1.1`, `0644` is octal and becomes `420`, `1:30` counts to 60 and becomes `90`.",
    "Write the value in quotes.",
    "image:\n  preferences:\n    version: 1.10",
    'image:\n  preferences:\n    version: "1.10"',
  ],
  [
    "word-as-boolean",
    "A word that YAML takes for a boolean",
    "KIWI reads YAML 1.1, in which `on`, `off`, `yes` and `no` are booleans.",
    'Write "true" or "false" where a boolean is meant, and the word in quotes where a text is meant.',
    'image:\n  "@name": on',
    'image:\n  "@name": "on"',
  ],
  [
    "boolean-attribute",
    "A boolean as an attribute",
    "Newer readers write `true` and `false` into the attribute; xmltodict 0.13, which distributions have, writes `True` and `False`, which the schema refuses.",
    'Write "true" or "false" in quotes.',
    'type:\n  "@primary": true',
    'type:\n  "@primary": "true"',
  ],
  [
    "null-attribute",
    "An attribute without a value",
    "KIWI makes an empty attribute of it; xmltodict 0.13, which distributions have, writes the word `None`.",
    'Give it a value, or remove the key; an empty value is written "".',
    'image:\n  "@displayname":',
    'image:\n  "@displayname": "Example"',
  ],
  [
    "text-not-quoted",
    "A text that is no text",
    'The key "#text" holds the text of an element that has attributes as well. xmltodict 0.13, which distributions have, fails where it is a number or a boolean.',
    "Write the value in quotes.",
    'size:\n  "@unit": M\n  "#text": 10',
    'size:\n  "@unit": M\n  "#text": "10"',
  ],
  [
    "list-as-text",
    "A list where one value belongs",
    "An attribute, a text and an item of a list each take one value. Of a list or a mapping there KIWI writes what Python prints of it.",
    "Write one value; several elements of the same name are one list.",
    'package:\n  "@name": [vim, emacs]',
    'package:\n  - "@name": vim\n  - "@name": emacs',
  ],
  [
    "duplicate-key",
    "The same key twice",
    "KIWI takes the last of them and says nothing of the others: they never reach the image.",
    "Several elements of the same name are one key with a list.",
    'packages:\n  "@type": image\npackages:\n  "@type": bootstrap',
    'packages:\n  - "@type": image\n  - "@type": bootstrap',
  ],
  [
    "yaml-anchor",
    "An anchor",
    "KIWI reads anchors and aliases. What it prints of the description, and what a conversion makes of it, spells them out.",
    "Leave it, if the YAML file stays the source.",
    'packages:\n  - &base {"@type": image}',
    'packages:\n  - {"@type": image}',
  ],
];

const faults: readonly Row[] = [
  [
    "wrong-top-level",
    "More than the image at the top",
    "A description has the single key `image` at its top level; KIWI refuses any other.",
    "Move everything below `image`.",
    'image:\n  "@name": a\nversion: 1',
    'image:\n  "@name": a',
  ],
  [
    "bad-key",
    "A key that cannot be a name",
    "Keys become the names of elements and attributes, so they must be texts that XML takes as names.",
    "Correct the key; a number or a word such as `on` is a text only in quotes.",
    "image:\n  1: a",
    "image:\n  version: a",
  ],
  [
    "bad-comment",
    "A comment that XML cannot hold",
    'The key "#comment" becomes a comment in XML, which holds no "--" and does not end with "-".',
    "Write it as a comment of the format, or without the dashes.",
    'image:\n  "#comment": a -- b',
    "image:\n  # a -- b",
  ],
  [
    "too-much",
    "Too large to read",
    "Texts in this format are read up to a size and a depth that no real description reaches, so that the editor stays quick.",
    "Divide the description by includes, which are XML.",
    "image: {a: {a: {a: …}}}",
    "image:\n  a: b",
  ],
];

const entry =
  (layer: Entry["layer"], severity: Entry["severity"]) =>
  ([code, title, meaning, remedy, wrong, right]: Row): Entry => ({
    ...{ code, layer, severity, title, meaning, remedy },
    example: { language: "yaml", wrong, right },
  });

export const formatEntries: readonly Entry[] = [
  ...faults.map(entry("syntax", "error")),
  ...traps.map((row) => entry("lint", row[0] === "yaml-anchor" ? "info" : "warning")(row)),
  {
    code: "toml-fault",
    layer: "syntax",
    severity: "error",
    title: "A fault in TOML",
    meaning:
      "TOML forbids what stands here. KIWI's reader takes a few of these things nevertheless, a table that is given twice among them; others do not.",
    remedy: "Compare the line with the ones around it; keys that begin with @ need quotes.",
  },
  {
    code: "too-long",
    layer: "syntax",
    severity: "warning",
    title: "Too long to be checked",
    meaning:
      "Texts in this format are read up to a length that no real description reaches, so that the editor stays quick. KIWI may build it all the same.",
    remedy: "Convert the description to XML, where a megabyte is no hindrance, and divide it by includes.",
  },
  {
    code: "format-not-checked",
    layer: "syntax",
    severity: "warning",
    title: "An INI file",
    meaning:
      "KIWI can read a description from an INI file where the Python module configobj is installed; nobody does.",
    remedy: "Write the description in XML or YAML to have it checked.",
  },
];

/** What is said of faults that the JSON reader finds. */
export function jsonEntry(code: string): Entry {
  return {
    code,
    layer: "syntax",
    severity: "error",
    title: `JSON: ${code.slice("json-".length).replaceAll("-", " ")}`,
    meaning: "The file is not well-formed JSON, so that KIWI cannot read it. The message says what is wrong.",
    remedy: "Keys and texts stand in double quotes, entries are divided by commas, and nothing follows the last one.",
    example: { language: "json", wrong: '{"image": {"@name": "a",}}', right: '{"image": {"@name": "a"}}' },
  };
}
