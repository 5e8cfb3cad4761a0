import { describe, expect, test } from "vitest";
import { listedNames } from "#lib/relaxng/name-class.ts";
import { documentationOf } from "./own-documentation.ts";
import { atMark, description } from "./testing/marked.test-support.ts";
import { schemaText, testLanguage, testSchema } from "./testing/schema.test-support.ts";

const hover = (marked: string) => testLanguage().hover(atMark(marked));

describe.skipIf(schemaText === null)("hover", () => {
  test.each([
    ["a start tag", '<pre‸ferences><type image="oem"/></preferences>', "`<preferences>`"],
    ["an end tag", '<preferences><type image="oem"/></pre‸ferences>', "`<preferences>`"],
    ["an attribute", '<preferences><type im‸age="oem"/></preferences>', "`image`"],
    ["a value", '<preferences><type image="o‸em"/></preferences>', "`image`"],
  ])("over %s", (_, inner, title) => {
    const text = description(inner);
    const found = hover(text);
    expect(found?.markdown).toContain(title);
    expect(found?.start).toBeLessThan(text.indexOf("‸"));
  });

  test("says what an attribute may be, and what an element needs", () => {
    expect(hover(description('<preferences><type image="o‸em"/></preferences>'))?.markdown).toContain('"oem"');
    expect(hover(description('<preferences><ty‸pe image="oem"/></preferences>'))?.markdown).toContain(
      "Required: `image`",
    );
  });

  test("is silent where nothing is known", () => {
    expect(hover(description("<noth‸ing/>"))).toBeNull();
    expect(hover(description("<preferences> ‸ </preferences>"))).toBeNull();
  });

  const whole = (marked: string) =>
    hover(
      description(`<profiles>
    <profile name="Base" description="What all have"/>
    <profile name="Live" description="A stick" import="true"><requires profile="Base"/></profile>
    <profile name="Disk" description="A disk"><requires profile="Base"/></profile>
  </profiles>
  ${marked}`),
    )?.markdown;

  test("says to which image types something applies, as the rules of the schema have it", () => {
    const inType = (inner: string) => hover(description(`<preferences>${inner}</preferences>`))?.markdown;
    expect(inType('<type image="oem" install‸iso="true"/>')).toContain("Only for the image types `oem`.");
    expect(inType('<type image="oem" pri‸mary="true"/>')).not.toContain("image types");
    expect(inType('<type image="iso"><boot‸loader name="grub2"/></type>')).toContain(
      "Only for the image types `iso`, `oem`.",
    );
  });

  test("says what is required and what counts without it", () => {
    const inType = (inner: string) => hover(description(`<preferences>${inner}</preferences>`))?.markdown;
    expect(inType('<type im‸age="oem"/>')).toContain("Required in `<type>`.");
    expect(inType('<type image="oem" rootfs_‸label="x"/>')).toContain("Without it: `ROOT`.");
    expect(hover(description('<us‸ers><user name="a"/></users>'))?.markdown).toContain("Required: `<user>`");
  });

  test("says with which profiles a section counts", () => {
    expect(whole('<pack‸ages type="image" profiles="Base"/>')).toContain(
      "Counts with the profiles `Base`, `Live`, `Disk`.",
    );
    expect(whole('<pack‸ages type="iso" profiles="Live"/>')).toContain(
      "Counts with the profile `Live`, or none chosen, for the image type `iso`.",
    );
    expect(whole('<us‸ers arch="aarch64"/>')).toContain("Counts on `aarch64`.");
    expect(whole('<pack‸ages type="image"/>')).toContain("Counts for every choice");
  });

  test("says of a package when it is installed", () => {
    expect(whole('<packages type="image" profiles="Disk"><package na‸me="a"/></packages>')).toContain(
      "Installed with the profile `Disk`.",
    );
    expect(whole('<packages type="bootstrap"><pack‸age name="a" arch="x86_64"/></packages>')).toContain(
      "Installed in the first step (from outside, into the empty tree) on `x86_64`.",
    );
    expect(whole('<packages type="delete"><package name="‸a"/></packages>')).toContain(
      "Removed by force after `config.sh`",
    );
  });

  test("says of a profile's name what it brings", () => {
    const text = whole(`<packages type="image" profiles="Base,Dis‸k"><package name="a"/><package name="b"/></packages>
      <repository profiles="Disk"><source path="obs://x"/></repository>
      <preferences profiles="Disk"><type image="oem"/></preferences>`);
    expect(text).toContain("**Profile `Disk`** A disk");
    expect(text).toContain("Requires `Base`.");
    expect(text).toContain("Brings 2 packages (`a`, `b`); one repository; the image types `oem`.");
    expect(whole('<packages type="image" profiles="Li‸ve"/>')).toContain("Active where no profile is chosen.");
    expect(whole('<packages type="image" profiles="Nobo‸dy"/>')).toContain("**`profiles`** of `<packages>`");
  });

  test("says what a repository is used for", () => {
    expect(whole('<repo‸sitory alias="main" type="rpm-md" imageinclude="true"/>')).toContain(
      "Alias `main`. Type `rpm-md`. Used to build the image, and set up in it.",
    );
    expect(whole("<repo‸sitory/>")).toContain("It has no alias");
  });

  test("has a text for every element and attribute, ours where the schema has none", () => {
    const { grammar } = testSchema();
    const silent: string[] = [];
    for (const declaration of grammar.elements) {
      const element = listedNames(declaration.nameClass)?.[0]?.local;
      if (element === undefined) continue;
      if (documentationOf(declaration, element) === undefined) silent.push(element);
      for (const { leaf } of grammar.contentOf(declaration).attributeLeaves) {
        const attribute = listedNames(leaf.declaration.nameClass)?.[0]?.local ?? "";
        if (documentationOf(leaf.declaration, element, attribute) === undefined)
          silent.push(`${element}/@${attribute}`);
      }
    }
    expect(silent).toEqual([]);
  });
});
