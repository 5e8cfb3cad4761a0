import { describe, expect, test } from "vitest";
import { parseXml } from "#lib/xml/parse.ts";
import { type ConversionTarget, convert } from "./convert.ts";
import { kiwiMarkup, kiwiReads, realDescriptions } from "./testing/kiwi-markup.test-support.ts";
import { outline } from "./testing/outline.test-support.ts";

const xml = `<?xml version="1.0"?>
<!-- OBS-Profiles: A B -->
<image schemaversion="8.5" name="test">
  <!-- who made it -->
  <description type="system"><author>Me &amp; you</author></description>
  <include from="part.xml"/>
  <preferences>
    <version>1.10</version>
    <type image="oem" primary="true"><size unit="M">10</size></type>
    <rpm-check-signatures>true</rpm-check-signatures>
    <type image="iso"/>
  </preferences>
  <packages type="image">
    <package name="a"/>
    <!-- needed -->
    <package name="b" arch="x86_64"/>
    <!-- nothing more -->
  </packages>
</image>
`;

/** Converts and expects that it works. */
function converted(path: string, text: string, to: ConversionTarget) {
  const result = convert(path, text, to);
  if ("refusal" in result) throw new Error(result.refusal);
  return result;
}

test("a description in YAML, with what is said about it", () => {
  const { text, path, changes } = converted("appliance.kiwi", xml, "yaml");
  expect(path).toBe("appliance.yaml");
  expect(text).toBe(`# OBS-Profiles: A B

image:
  "@schemaversion": "8.5"
  "@name": test
  # who made it
  description:
    "@type": system
    author: Me & you
  include:
    "@from": this://part.xml
  preferences:
    version: "1.10"
    type:
      - "@image": oem
        "@primary": "true"
        size:
          "@unit": M
          "#text": "10"
      - "@image": iso
    rpm-check-signatures: "true"
  packages:
    "@type": image
    package:
      - "@name": a
      # needed
      - "@name": b
        "@arch": x86_64
`);
  expect(changes.map(({ line }) => line)).toEqual([6, 11, 17]);
});

test("comments have no place in JSON", () => {
  const { changes } = converted("config.xml", xml, "json");
  expect(changes.map(({ line }) => line)).toEqual([2, 4, 6, 11, 15, 17]);
});

test.each(["yaml", "json", "toml"] as const)("through %s and back everything is there", (format) => {
  const there = converted("config.xml", xml, format);
  const back = converted(there.path, there.text, "xml");
  const plain = parseXml(xml.replace("part.xml", "this://part.xml"));
  const order = (text: string) => text.split("\n").sort();
  const root = parseXml(back.text).root;
  expect(order(root === null ? "" : outline(root))).toEqual(order(plain.root === null ? "" : outline(plain.root)));
});

test("what is broken is not converted", () => {
  expect(convert("config.yaml", "image:\n  a: [1\n", "xml")).toHaveProperty("refusal");
  expect(convert("config.xml", xml, "xml")).toHaveProperty("refusal");
});

/** KIWI's own conversion of the same text is the measure: same-named siblings come to stand together in both. */
function sorted(text: string): string[] {
  const { root } = parseXml(text.replace(/<!--[\s\S]*?-->/g, ""));
  if (root === null) throw new Error("no XML");
  return outline(root)
    .replace(/"(?:\\n| )+/g, '"')
    .replace(/(?:\\n| )+"/g, '"')
    .split("\n")
    .sort();
}

for (const format of ["yaml", "json", "toml"] as const) {
  describe.skipIf(realDescriptions().size === 0 || !kiwiReads(format))(`KIWI reads our ${format}`, () => {
    test("of every real description as it reads the original", { timeout: 120_000 }, () => {
      const real = realDescriptions();
      const files = [...real.keys()];
      const originals = [...real.values()];
      const texts = originals.map((text, index) => converted(files[index] ?? "", text, format).text);
      const answers = kiwiMarkup(texts.map((text) => ({ text, format })));
      expect(answers.length).toBe(files.length);
      for (const [index, answer] of answers.entries()) {
        const original = (originals[index] ?? "").replace(/(<include\s+from=")(?!this:|\/)/g, "$1this://");
        expect("xml" in answer ? sorted(answer.xml) : answer, files[index] ?? "").toEqual(sorted(original));
      }
    });
  });
}
