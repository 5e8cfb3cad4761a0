import { describe, expect, test } from "vitest";
import { parseXml } from "#lib/xml/parse.ts";
import type { Finding } from "./finding.ts";
import { compileGrammar } from "./grammar.ts";
import { judge } from "./judge.ts";
import { plainView } from "./view.ts";

const grammar = compileGrammar(`
<grammar xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"
         xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0">
  <start><ref name="garden"/></start>
  <define name="garden">
    <element name="garden">
      <a:documentation>Where
        things grow</a:documentation>
      <attribute name="name"><data type="token"><param name="pattern">[a-z]+</param></data></attribute>
      <optional><attribute name="size"><data type="nonNegativeInteger"/></attribute></optional>
      <optional><attribute name="kind"><choice><value>wild</value><value>formal</value></choice></attribute></optional>
      <interleave>
        <ref name="gate"/>
        <optional><element name="pond"><empty/></element></optional>
        <zeroOrMore><ref name="bed"/></zeroOrMore>
        <optional><ref name="steps"/></optional>
        <optional><ref name="open"/></optional>
      </interleave>
    </element>
  </define>
  <define name="gate"><element name="gate"><text/></element></define>
  <define name="bed">
    <element name="bed">
      <choice><attribute name="flowers"/><attribute name="herbs"/></choice>
      <optional><attribute name="watered"><data type="boolean"/></attribute></optional>
      <zeroOrMore><ref name="bed"/></zeroOrMore>
    </element>
  </define>
  <define name="steps">
    <element name="steps">
      <element name="dig"><empty/></element>
      <oneOrMore><element name="sow"><empty/></element></oneOrMore>
      <optional><element name="depth"><data type="integer"><param name="minInclusive">3</param></data></element></optional>
    </element>
  </define>
  <define name="open"><element name="open"><oneOrMore><ref name="any"/></oneOrMore></element></define>
  <define name="any">
    <element>
      <anyName><except><nsName ns=""/></except></anyName>
      <zeroOrMore><choice><attribute><anyName/></attribute><text/><ref name="any"/></choice></zeroOrMore>
    </element>
  </define>
</grammar>`);

function findings(text: string): Finding[] {
  const found: Finding[] = [];
  const { root, errors } = parseXml(text);
  if (root === null || errors.length > 0) throw new Error(`the test's text is faulty: ${errors[0]?.message}`);
  judge(grammar, root, plainView, (finding) => found.push(finding));
  return found;
}

const inGarden = (inner: string) => `<garden name="a"><gate/>${inner}</garden>`;

describe("what the grammar allows", () => {
  test.each([
    inGarden(""),
    '<garden kind=" wild " size="+3" name="a"><bed herbs=""/><pond/><gate>x</gate><bed flowers="y"/></garden>',
    inGarden('<bed herbs="x" watered="1"><bed flowers="y"/></bed>'),
    inGarden("<steps><dig/><sow/><sow/><depth> 3 </depth></steps>"),
    inGarden('<open><x:y xmlns:x="urn:x" a="1" x:b="2">text<x:z/></x:y></open>'),
    inGarden("<!-- comments --><?and instructions?>"),
  ])("%s", (text) => {
    expect(findings(text)).toEqual([]);
  });
});

describe("what it does not allow is said at the token that is wrong", () => {
  test.each<[string, string]>([
    ['<garden «nam»="a"><gate/></garden>', 'The attribute "nam" is not allowed in <garden>. Did you mean "name"?'],
    ["<«garden»><gate/></garden>", '<garden> needs the attribute "name".'],
    ['<«garden» name="a"/>', "<garden> needs <gate> inside."],
    ['<garden name="«A»"><gate/></garden>', '"A" is not allowed for name: it must be text that matches [a-z]+.'],
    ['<garden name=«""»><gate/></garden>', "name must not be empty: it must be text that matches [a-z]+."],
    ['<garden name=«" "»><gate/></garden>', '" " is not allowed for name: it must be text that matches [a-z]+.'],
    [
      '<garden name="a" size="«-1»"><gate/></garden>',
      '"-1" is not allowed for size: it must be a whole number, 0 or more.',
    ],
    [
      '<garden name="a" kind="«wid»"><gate/></garden>',
      '"wid" is not allowed for kind: it must be "wild" or "formal". Did you mean "wild"?',
    ],
    [inGarden("<«gat»/>"), "There is no element <gat>. Did you mean <gate>?"],
    [inGarden("<pond/><«pond»/>"), "Only one <pond> is allowed in <garden>."],
    [inGarden("<«dig»/>"), "<dig> is not allowed in <garden>. It belongs in <steps>."],
    [inGarden("<pond>«water»</pond>"), "Text is not allowed in <pond>."],
    [inGarden("<«bed»/>"), '<bed> needs one of the attributes "flowers" or "herbs".'],
    [inGarden('<bed flowers="" «herbs»=""/>'), '<bed> cannot have "herbs" beside "flowers".'],
    [inGarden('<bed herbs="" «kind»=""/>'), 'The attribute "kind" is not allowed in <bed>. It belongs to <garden>.'],
    [inGarden("<«steps»><dig/></steps>"), "<steps> needs <sow> inside."],
    [
      inGarden("<steps><dig/><sow/><depth>«2»</depth></steps>"),
      '"2" is not allowed for <depth>: it must be a whole number, 3 or more.',
    ],
    [inGarden("<open><«gate»/></open>"), "<gate> is not allowed in <open>. It belongs in <garden>."],
    [inGarden("<steps><«sow»/></steps>"), "<sow> is not allowed here in <steps>: <dig> must come first."],
    ["<«meadow»/>", "The root element must be <garden>, not <meadow>."],
  ])("%s", (source, message) => {
    const start = source.indexOf("«");
    const end = source.indexOf("»") - 1;
    const found = findings(source.replace(/[«»]/g, "")).map(({ message: said, ...place }) => ({
      said,
      start: place.start,
      end: place.end,
    }));
    expect(found).toContainEqual({ said: message, start, end });
  });

  test("each mistake is reported once, and hides no other", () => {
    const text = inGarden('<bed herbs="" x="1"/><pond y="2"/><pond/><nothing z="3"/><steps><dig/></steps>');
    expect(findings(text).map((finding) => finding.code)).toEqual([
      "too-many-elements",
      "element-not-allowed",
      "attribute-not-allowed",
      "attribute-not-allowed",
      "missing-element",
    ]);
  });

  test("order counts in a group", () => {
    expect(findings(inGarden("<steps><sow/><dig/></steps>")).map((finding) => finding.code)).toContain(
      "element-out-of-place",
    );
  });
});

test("combining attributes and children makes no new patterns", () => {
  const combine = (subset: number) => {
    const on = (bit: number, text: string) => ((subset >> bit) & 1 ? text : "");
    const attributes = on(0, ' size="1"') + on(1, ' kind="wild"');
    findings(
      `<garden name="a"${attributes}>${on(2, "<gate/>")}${on(3, "<pond/>")}${on(4, '<bed herbs=""/>')}${on(5, "<steps/>")}</garden>`,
    );
  };
  combine(0);
  combine(63);
  const size = grammar.patterns.size();
  for (let subset = 0; subset < 63; subset++) combine(subset);
  expect(grammar.patterns.size()).toBe(size);
});

test("20,000 levels neither overflow nor stall", () => {
  const beds = '<bed herbs="">'.repeat(20_000) + "</bed>".repeat(20_000);
  const { root } = parseXml(inGarden(beds));
  const found: Finding[] = [];
  if (root !== null) judge(grammar, root, plainView, (finding) => found.push(finding));
  expect(found).toEqual([]);
});

test("documentation is that of the schema, on one line", () => {
  expect(grammar.rootDeclaration({ namespace: "", local: "garden" })?.documentation).toBe("Where things grow");
});
