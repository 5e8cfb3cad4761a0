import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseXml } from "./parse.ts";
import { elementAt, elementsOf, textOf, type XmlNode } from "./tree.ts";

/** Takes the marks «…» out of a text and says where they were. */
function marked(source: string): { text: string; start: number; end: number } {
  const start = source.indexOf("«");
  const end = source.indexOf("»") - 1;
  return { text: source.replace(/[«»]/g, ""), start, end };
}

/** Fails unless the nodes cover exactly the range, without gaps and overlaps, all the way down. */
function expectTiles(nodes: readonly XmlNode[], start: number, end: number): void {
  let at = start;
  const pending: { nodes: readonly XmlNode[]; start: number; end: number }[] = [{ nodes, start, end }];
  for (let level = pending.pop(); level !== undefined; level = pending.pop()) {
    at = level.start;
    for (const node of level.nodes) {
      expect(node.start).toBe(at);
      at = node.end;
      if (node.kind !== "element") continue;
      expect(node.openEnd).toBeGreaterThan(node.start);
      expect(node.closeStart).toBeLessThanOrEqual(node.end);
      pending.push({ nodes: node.children, start: node.openEnd, end: node.closeStart });
    }
    expect(at).toBe(level.end);
  }
}

describe("a sound text", () => {
  test("becomes a tree that knows every offset", () => {
    const text = '<?xml version="1.0"?>\r\n<a b="x &amp; y">t<!-- c --><d/><![CDATA[<e>]]></a>\n';
    const { root, errors, children } = parseXml(text);
    expect(errors).toEqual([]);
    expectTiles(children, 0, text.length);
    expect(root?.attributes[0]).toMatchObject({ name: "b", value: "x & y" });
    expect(text.slice(root?.attributes[0]?.valueStart, root?.attributes[0]?.valueEnd)).toBe("x &amp; y");
    expect(root === null ? "" : textOf(root)).toBe("t<e>");
    expect(elementAt({ children }, text.indexOf("d/>"))?.name).toBe("d");
  });

  test.each([
    '<a xmlns="urn:x" xmlns:p="urn:y" p:b="1" b="2"><p:c/></a>',
    '<!DOCTYPE a [<!ENTITY me "KIWI">]><a b="&me;">&me;&#65;</a>',
    "<a>]] ></a>",
    "\uFEFF<a/>",
    "<a><?target data?><?target?></a><!-- after -->",
    '<a xml:lang="de"/>',
  ])("%s is well-formed", (text) => {
    expect(parseXml(text).errors).toEqual([]);
  });

  test("values are those that a parser reports", () => {
    const { root } = parseXml('<!DOCTYPE a [<!ENTITY me "KIWI">]><a b="1\n2&#10;3&me;">x\r\ny</a>');
    expect(root?.attributes[0]?.value).toBe("1 2\n3KIWI");
    expect(root === null ? "" : textOf(root)).toBe("x\ny");
  });
});

describe("what is not well-formed is reported where it is", () => {
  test.each([
    ["<a>«&»</a>", "bare-ampersand"],
    ["<a>«&nope;»</a>", "undefined-entity"],
    ["<a>«&#0;»</a>", "bad-reference"],
    ["<a>x«]]>»</a>", "cdata-end-in-text"],
    ["<a b='1' «b»='2'/>", "duplicate-attribute"],
    ['<a xmlns:x="u" xmlns:y="u" x:b="1" «y:b»="2"/>', "duplicate-attribute"],
    ["<«p:a»/>", "undefined-prefix"],
    ["<a «p:b»='1'/>", "undefined-prefix"],
    [' «<?xml version="1.0"?>»<a/>', "misplaced-declaration"],
    ["«<?xml encoding='utf-8'?>»<a/>", "bad-declaration"],
    ["<a>«<?b?c d?>»</a>", "bad-instruction"],
    ["<a/>«<b»/>", "second-root"],
    ["<a/>«text»", "text-outside"],
    ["<a «b»/>", "missing-value"],
    ["<a «b=1»/>", "missing-quotes"],
    ['<a b=«"1»/>', "unclosed-quote"],
    ["<a b='1'«c»='2'/>", "missing-blank"],
    ["<a>«<» b</a>", "bare-less-than"],
    ["<a><!-- «--» --></a>", "dashes-in-comment"],
    ["<a>«<!--» b</a>", "unclosed-comment"],
    ["<a>«</b»></a>", "wrong-end-tag"],
    ["<a>«\u0001»</a>", "forbidden-character"],
    ["<a>«\uFFFE»</a>", "forbidden-character"],
    ['«<!DOCTYPE a SYSTEM "http://example.com/a.dtd">»<a/>', "external-entity"],
    ['<!DOCTYPE a [«<!ENTITY x SYSTEM» "file:///etc/passwd">]><a>&x;</a>', "external-entity"],
    ["<a>«<!DOCTYPE» a></a>", "misplaced-doctype"],
  ])("%s: %s", (source, code) => {
    const { text, start, end } = marked(source);
    const places = parseXml(text).errors.map((error) => ({ code: error.code, start: error.start, end: error.end }));
    expect(places).toContainEqual(expect.objectContaining({ code, start, end }));
  });

  test("an entity that names itself is refused, not followed", () => {
    const { errors } = parseXml('<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "&b;&b;">]><a>&b;</a>');
    expect(errors.map((error) => error.code)).toContain("undefined-entity");
  });

  test("more than 256 levels are reported, since KIWI's parser refuses them", () => {
    const nested = (levels: number) => `${"<a>".repeat(levels)}${"</a>".repeat(levels)}`;
    expect(parseXml(nested(256)).errors).toEqual([]);
    expect(parseXml(nested(257)).errors.map((error) => error.code)).toEqual(["too-deep"]);
  });
});

describe("a broken text keeps the tree that its author has in mind", () => {
  const names = (text: string) => {
    const parents = [...elementsOf(parseXml(text).children)];
    return parents.map((element) => `${element.parent?.name ?? ""}/${element.name}`);
  };

  test.each([
    ["a tag that is being typed", "<a>\n  <pac\n  <b/>\n</a>", ["/a", "a/pac", "a/b"]],
    ["a tag that is being typed, on one line", "<a><pac <b/></a>", ["/a", "a/pac", "a/b"]],
    ["a value without its closing quote, on one line", '<a><b c="x><d e="y"/></a>', ["/a", "a/b", "b/d"]],
    ["an attribute that is being typed", '<a>\n  <b c="\n  <d/>\n</a>', ["/a", "a/b", "a/d"]],
    ["an element without its end tag", "<a>\n  <b>\n    <c/>\n  <d/>\n</a>", ["/a", "a/b", "b/c", "a/d"]],
    ["a misspelt end tag", "<a>\n  <b>\n  </bb>\n  <c/>\n</a>", ["/a", "a/b", "a/c"]],
    ["an end tag too many", "<a>\n  <b/></c>\n  <d/>\n</a>", ["/a", "a/b", "a/d"]],
    ["a lone <", "<a>\n  <\n  <b/>\n</a>", ["/a", "a/b"]],
  ])("%s", (_, text, expected) => {
    expect(names(text)).toEqual(expected);
    expect(parseXml(text).errors.length).toBeGreaterThan(0);
  });

  test("any text at all gives nodes that tile it", () => {
    const piece = fc.constantFrom(
      "<",
      ">",
      "</",
      "/>",
      "a",
      "b",
      "=",
      '"',
      "'",
      " ",
      "\n",
      "&",
      ";",
      "<!--",
      "-->",
      "<a>",
      "</a>",
      "<b c='d'>",
      "<![CDATA[",
      "]]>",
      "<?",
      "?>",
      "<!DOCTYPE",
      "[",
      "é",
      "😀",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join("");
        const document = parseXml(text);
        expectTiles(document.children, 0, text.length);
        for (const error of document.errors) expect(error.end).toBeLessThanOrEqual(text.length);
        for (const element of elementsOf(document.children)) {
          for (const child of element.children) if (child.kind === "element") expect(child.parent).toBe(element);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  ["20,000 levels", "<a>".repeat(20_000) + "</a>".repeat(20_000)],
  ["20,000 open levels", "<a>".repeat(20_000)],
  ["100,000 times <", "<".repeat(100_000)],
  ["unclosed tags", "<a ".repeat(50_000)],
  ["unclosed quotes", '<a b="'.repeat(50_000)],
  ["unclosed comments", "<!--\n".repeat(50_000)],
  ["unclosed elements inside one another", `${"<a>".repeat(20_000)}${"<b></a>".repeat(20_000)}`],
  ["document types", "<!DOCTYPE\n".repeat(50_000)],
])("%s neither overflow nor stall", (_, text) => {
  expect(parseXml(text).errors.length).toBeGreaterThan(0);
});
