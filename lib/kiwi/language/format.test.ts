import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseXml } from "#lib/xml/parse.ts";
import type { XmlNode } from "#lib/xml/tree.ts";
import type { FormatOptions } from "./contract.ts";
import { format } from "./format.ts";
import { readSource } from "./source-document.ts";
import { corpus } from "./testing/schema.test-support.ts";

function formatted(text: string, options: FormatOptions = { indent: "  " }): string {
  const result = format(readSource("config.xml", text), options);
  if ("refusal" in result) throw new Error(result.refusal);
  let out = "";
  let last = 0;
  for (const { start, end, text: by } of result.edits) {
    out += text.slice(last, start) + by;
    last = end;
  }
  return out + text.slice(last);
}

describe("format", () => {
  test("puts one element on a line, by its depth", () => {
    expect(formatted('<image name="a"><packages><package name="b"/>\n<package name="c"  /></packages></image>')).toBe(
      '<image name="a">\n  <packages>\n    <package name="b"/>\n    <package name="c" />\n  </packages>\n</image>\n',
    );
  });

  test("keeps texts, CDATA, comments and xml:space as they are", () => {
    const kept =
      '<image>\n  <a>  x\n y </a>\n  <b> </b>\n  <c><![CDATA[ d ]]></c>\n  <!-- one\n two -->\n  <e xml:space="preserve"> <f/> </e>\n  <g>t <h/> </g>\n</image>\n';
    expect(formatted(kept)).toBe(kept);
  });

  test("leaves a comment behind what it speaks of, and one of several empty lines", () => {
    expect(formatted("<a>\n<b/>   <!-- of b -->\n\n\n\n<c/>\n<!-- of d --><d/>\n\n</a>")).toBe(
      "<a>\n  <b/> <!-- of b -->\n\n  <c/>\n  <!-- of d -->\n  <d/>\n</a>\n",
    );
  });

  test("keeps the lines of attributes, below the first one if that is how it was", () => {
    expect(formatted('<a>\n<type image = "oem"\n      filesystem="xfs"   format="qcow2"/></a>')).toBe(
      '<a>\n  <type image="oem"\n        filesystem="xfs" format="qcow2"/>\n</a>\n',
    );
    expect(formatted('<a>\n<type\nimage="oem"\n  x="y"\n>z</type  ></a>')).toBe(
      '<a>\n  <type\n    image="oem"\n    x="y"\n  >z</type>\n</a>\n',
    );
  });

  test("takes over what the file indents and ends its lines with", () => {
    expect(formatted("<a>\r\n\t<b>\r\n<c/>\r\n</b></a>\r\n")).toBe("<a>\r\n\t<b>\r\n\t\t<c/>\r\n\t</b>\r\n</a>\r\n");
    expect(formatted("\uFEFF<?xml version='1.0'?><a/>")).toBe("\uFEFF<?xml version='1.0'?>\n<a/>\n");
  });

  test("changes nothing outside of a selection", () => {
    const text = "<a>\n<b/>\n<c/>\n<d/>\n</a>";
    const start = text.indexOf("<c");
    expect(formatted(text, { indent: "  ", range: { start, end: start + 4 } })).toBe("<a>\n<b/>\n  <c/>\n  <d/>\n</a>");
  });

  test("refuses what is not well-formed", () => {
    expect(format(readSource("config.xml", "<a>\n<b></a>"), { indent: "  " })).toHaveProperty("refusal");
  });
});

/** What a reader of the XML sees: blanks between elements left out, everything else as it is. */
function canonical(text: string): unknown {
  const of = (nodes: readonly XmlNode[]): unknown[] => {
    const onlyElements = nodes.every((node) =>
      node.kind === "text" ? /^[ \t\r\n\uFEFF]*$/.test(text.slice(node.start, node.end)) : node.kind !== "cdata",
    );
    const isLeaf = nodes.every(({ kind }) => kind === "text");
    return nodes.flatMap((node): unknown[] => {
      if (node.kind === "element") {
        const attributes = node.attributes.map(({ name, value }) => [name, value]);
        return [{ name: node.name, attributes, children: of(node.children) }];
      }
      if (node.kind === "cdata" || node.kind === "text") return onlyElements && !isLeaf ? [] : [node.value];
      return [text.slice(node.start, node.end)];
    });
  };
  return of(parseXml(text).children);
}

function check(text: string): void {
  const once = formatted(text);
  expect(parseXml(once).errors).toEqual([]);
  // Line ends inside of texts are not touched; between elements they do not count.
  expect(canonical(once)).toEqual(canonical(text));
  expect(formatted(once)).toBe(once);
}

const blank = fc.constantFrom("", "", " ", "\n", "\n\n", "  ", "\t", " \n\n\n ");
const attribute = fc.tuple(
  fc.constantFrom(" ", "\n", "  \n\t"),
  fc.constantFrom("a", "b:c", "xml:lang"),
  blank,
  fc.constantFrom('"x"', "'y z'", '"\n"'),
);
const attributes = fc.uniqueArray(attribute, { selector: ([, name]) => name, maxLength: 2 }).map((all) =>
  all
    .filter(([, name]) => name !== "b:c")
    .map(([before, name, space, value]) => `${before}${name}${space}=${space}${value}`)
    .join(""),
);
const leaf = fc.constantFrom("text", "&amp;", "&#32;", "<![CDATA[ c ]]>", "<!-- n\n o -->", "<?p q?>");
const { node } = fc.letrec<{ node: string; content: string }>((tie) => ({
  content: fc
    .array(fc.tuple(blank, fc.oneof(tie("node"), tie("node"), leaf)), { maxLength: 4 })
    .chain((parts) => blank.map((last) => parts.flat().join("") + last)),
  node: fc.oneof(
    { depthSize: "small" },
    fc.tuple(attributes, blank).map(([attrs, gap]) => `<e${attrs}${gap}/>`),
    fc
      .tuple(attributes, blank, tie("content"), fc.constantFrom("", "", "", ' xml:space="preserve"'))
      .map(([attrs, gap, content, space]) => `<f${space}${attrs}${gap}>${content}</f${gap}>`),
  ),
}));

describe("format changes nothing but the layout, and has nothing to do the second time", () => {
  test("of random texts", () => {
    fc.assert(
      fc.property(node, blank, fc.constantFrom("\n", "\r\n"), (text, around, newline) =>
        check(`${around}${text}${around}`.replaceAll("\n", newline)),
      ),
      { numRuns: 2000 },
    );
  });

  test.skipIf(corpus === null)("of real descriptions", () => {
    const files = globSync("**/*.{xml,kiwi}", { cwd: corpus ?? "" });
    const sound = files
      .map((file) => readFileSync(join(corpus ?? "", file), "utf8"))
      .filter((text) => text.trimStart().startsWith("<") && parseXml(text).errors.length === 0);
    expect(sound.length).toBeGreaterThan(50);
    for (const text of sound) check(text);
  });
});

test("other formats are laid out by their own indentation, or only what is selected", () => {
  const text = "image:\n    a:   1\n    b:   2\n";
  const document = readSource("config.yaml", text);
  const edits = [
    { start: 7, end: 17, text: "    a: 1" },
    { start: 18, end: 28, text: "    b: 2" },
  ];
  expect(format(document, { indent: "  " })).toEqual({ edits });
  expect(format(document, { indent: "  ", range: { start: 20, end: 22 } })).toEqual({ edits: edits.slice(1) });
  expect(format(readSource("config.ini", "[image]\n"), { indent: "  " })).toHaveProperty("refusal");
});
