import { describe, expect, test } from "vitest";
import { applyEdits } from "#lib/xml/edit/text-edit.ts";
import type { DocumentRequest, Fix, Language } from "../contract.ts";
import { createLanguage } from "../index.ts";
import { description, requestFor } from "../testing/marked.test-support.ts";
import { schemaText, testKiwis, testLanguage } from "../testing/schema.test-support.ts";

const bare = createLanguage({ schema: null, kiwiVersion: null, schemaVersion: null });

function offersFor(language: Language, request: DocumentRequest, code: string): Fix[] {
  const problem = language.validate(request).find((one) => one.code === code);
  if (problem === undefined) throw new Error(`no ${code}: ${JSON.stringify(language.validate(request))}`);
  return language.fixes(request, problem);
}

/** The files after a fix. */
function after(request: DocumentRequest, fix: Fix | undefined): Record<string, string> {
  const paths = [...new Set(fix?.edits.map(({ path }) => path))];
  return Object.fromEntries(
    paths.map((path) => {
      const text = path === request.path ? request.text : (request.read(path) ?? "");
      return [path, applyEdits(text, fix?.edits.filter((edit) => edit.path === path) ?? [])];
    }),
  );
}

describe("what is not well-formed", () => {
  test.each<[string, string, string]>([
    [
      "unclosed-element",
      "<image>\n  <packages>\n    <a/>\n</image>",
      "<image>\n  <packages>\n    <a/>\n  </packages>\n</image>",
    ],
    ["unclosed-element", "<image><a></image>", "<image><a/></image>"],
    ["unclosed-element", "<image><a>text</image>", "<image><a>text</a></image>"],
    ["stray-end-tag", "<image><a/>\n    </b>\n</image>", "<image><a/>\n</image>"],
    [
      "wrong-end-tag",
      "<image>\n  <packages>\n  </package>\n</image>",
      "<image>\n  <packages>\n  </packages>\n</image>",
    ],
    ["unfinished-tag", "<image>\n  <a\n  <b/>\n</image>", "<image>\n  <a/>\n  <b/>\n</image>"],
    ["unfinished-tag", "<image></image", "<image></image>"],
    ["missing-value", "<image a/>", '<image a=""/>'],
    ["missing-quotes", "<image a=b/>", '<image a="b"/>'],
    ["missing-quotes", "<image a= />", '<image a="" />'],
    ["unclosed-quote", '<image a="b/>\n', '<image a="b"/>\n'],
    ["missing-blank", "<image a='b'c='d'/>", "<image a='b' c='d'/>"],
    ["unexpected-character", '<image a="b" ,/>', '<image a="b" />'],
    ["forbidden-character", "<image>\u0007</image>", "<image></image>"],
    ["duplicate-attribute", '<image a="1" b="2" a="3"/>', '<image a="1" b="2"/>'],
    ["bare-less-than", "<image>a < b</image>", "<image>a &lt; b</image>"],
    ["bare-ampersand", "<image>a & b</image>", "<image>a &amp; b</image>"],
    ["bare-ampersand", "<image>a &lt b</image>", "<image>a &lt; b</image>"],
    ["undefined-entity", "<image>a &nbsp; b</image>", "<image>a &amp;nbsp; b</image>"],
    ["bad-reference", "<image>&#x;</image>", "<image>&amp;#x;</image>"],
    ["cdata-end-in-text", "<image>]]></image>", "<image>]]&gt;</image>"],
    ["unclosed-comment", "<image>\n  <!-- a\n</image>", "<image>\n  <!-- a -->\n</image>"],
    ["unclosed-cdata", "<image>\n  <![CDATA[ a\n</image>", "<image>\n  <![CDATA[ a ]]>\n</image>"],
    ["dashes-in-comment", "<image><!-- a --- b --></image>", "<image><!-- a - - - b --></image>"],
    ["misplaced-declaration", '\n<?xml version="1.0"?><image/>', '<?xml version="1.0"?><image/>'],
    ["bad-declaration", '<?xml version="2"?><image/>', '<?xml version="1.0" encoding="utf-8"?><image/>'],
    ["text-outside", "<image/>\nword", "<image/>\n"],
    ["second-root", "<image/><packages/>", "<image/>"],
    ["no-root", "", '<image name="">\n</image>\n'],
  ])("%s: %s", (code, text, expected) => {
    const request = requestFor(text);
    const [first, ...others] = offersFor(bare, request, code);
    expect(after(request, first)).toEqual({ "config.xml": expected });
    expect(first).toMatchObject({ preferred: true, code });
    expect(others.every((fix) => !fix.preferred)).toBe(true);
  });
});

describe("includes", () => {
  const main = (from: string) => `<image>\n  <include from="${from}"/>\n</image>`;

  test("a file whose name is nearly right", () => {
    const request = {
      ...requestFor(main("this://prat.xml"), { files: { "part.xml": "<image/>" } }),
      entries: ["part.xml"],
    };
    const titles = offersFor(bare, request, "missing-include").map(({ title }) => title);
    expect(titles).toEqual(["Include part.xml", "Remove the include"]);
  });

  test.each([
    ["missing-include", "this:///part.xml"],
    ["remote-include", "https://example.com/part.xml"],
    ["include-outside", "/part.xml"],
  ])("%s: %s", (code, from) => {
    const request = { ...requestFor(main(from), { files: { "part.xml": "<image/>" } }), entries: ["part.xml"] };
    const [first] = offersFor(bare, request, code);
    expect(after(request, first)).toEqual({ "config.xml": main("this://part.xml") });
  });

  test("an include of an included file moves to the image file", () => {
    const files = {
      "part.xml": '<image>\n  <include from="this://inner.xml"/>\n</image>',
      "inner.xml": "<image/>",
    };
    const request = requestFor(main("this://part.xml"), { files });
    const [first] = offersFor(bare, request, "nested-include");
    expect(after(request, first)).toEqual({
      "config.xml": '<image>\n  <include from="this://part.xml"/>\n  <include from="this://inner.xml"/>\n</image>',
      "part.xml": "<image>\n</image>",
    });
  });
});

describe.skipIf(schemaText === null)("with KIWI's schema", () => {
  const first = (inner: string, code: string, files: Record<string, string> = {}, version = "8.5") => {
    const request = requestFor(description(inner, version), { files });
    const [fix] = offersFor(testLanguage(), request, code);
    return { title: fix?.title, files: after(request, fix) };
  };
  const preferences = (inner: string) => `<preferences>\n    <version>1.0.0</version>\n    ${inner}\n  </preferences>`;

  test.each<[string, string, string, string]>([
    [
      "attribute-not-allowed",
      '<type image="oem" filesystm="ext4"/>',
      '<type image="oem" filesystem="ext4"/>',
      "Rename",
    ],
    ["attribute-not-allowed", '<type image="oem" zzz="1"/>', '<type image="oem"/>', "Remove"],
    ["wrong-value", '<type image="omi"/>', '<type image="oci"/>', "Change"],
    ["wrong-value", '<type image="oem" installiso="yes"/>', '<type image="oem" installiso="true"/>', "Change"],
    ["wrong-value", '<type image="oem" bootpartsize="300 MB"/>', '<type image="oem" bootpartsize="300"/>', "Change"],
    ["wrong-value", "<packagemanager>dnf-4</packagemanager>", "<packagemanager>dnf4</packagemanager>", "Change"],
    ["missing-attribute", '<type filesystem="ext4"/>', '<type filesystem="ext4" image="oem"/>', "Add"],
    ["element-not-allowed", "<packagemanger>apt</packagemanger>", "<packagemanager>apt</packagemanager>", "Rename"],
    ["rule-volid", '<type image="docker" volid="x"/>', '<type image="docker"/>', "Remove"],
  ])("%s: %s", (code, wrong, right, title) => {
    const found = first(preferences(wrong), code);
    expect(found.files).toEqual({ "config.xml": description(preferences(right)) });
    expect(found.title).toMatch(new RegExp(`^${title}`));
  });

  test("what belongs elsewhere moves there, indented for its new place", () => {
    const found = first(
      "<version>1.0.0</version>\n  <preferences>\n    <timezone>UTC</timezone>\n  </preferences>",
      "element-not-allowed",
    );
    expect(found.title).toBe("Move into <preferences>");
    expect(found.files["config.xml"]).toContain(
      "  <preferences>\n    <timezone>UTC</timezone>\n    <version>1.0.0</version>\n  </preferences>\n",
    );
  });

  test("what belongs into something that is not there gets it", () => {
    const found = first('<package name="vim"/>', "element-not-allowed");
    expect(found.files["config.xml"]).toContain('<packages type="image">\n    <package name="vim"/>\n  </packages>\n');
  });

  test("the second of what may stand once is merged into the first, across files", () => {
    const part = "<image>\n  <users>\n    <user name='a' password='b'/>\n  </users>\n</image>";
    const config = (inner: string) => `<type image="oem" filesystem="ext4">\n      ${inner}\n    </type>`;
    const two =
      "<oemconfig>\n        <oem-swap>true</oem-swap>\n      </oemconfig>\n      <oemconfig>\n        <oem-resize>false</oem-resize>\n      </oemconfig>";
    const one =
      "<oemconfig>\n        <oem-swap>true</oem-swap>\n        <oem-resize>false</oem-resize>\n      </oemconfig>";
    const found = first(preferences(config(two)), "too-many-elements", { "part.xml": part });
    expect(found.title).toMatch(/^Merge into the one in line \d+$/);
    expect(found.files).toEqual({ "config.xml": description(preferences(config(one))) });
  });

  test("a problem of an included file is mended there", () => {
    const part = '<image>\n  <packages type="image">\n    <package nam="x"/>\n  </packages>\n</image>\n';
    const found = first('<include from="this://part.xml"/>', "attribute-not-allowed", { "part.xml": part });
    expect(found.files).toEqual({ "part.xml": part.replace("nam=", "name=") });
  });

  test("all of a kind are mended at once", () => {
    const text = description(preferences('<type image="oem" foo="1"/>\n    <type image="iso" foo="2" bar="3"/>'));
    const request = requestFor(text);
    const all = offersFor(testLanguage(), request, "attribute-not-allowed").at(-1);
    expect(all?.title).toBe("Remove attribute: all 3 of this kind in this file");
    expect(after(request, all)["config.xml"]).toBe(text.replace(/ (?:foo|bar)="."/g, ""));
  });

  test("an old description is upgraded", () => {
    const found = first(
      '<preferences><type image="oem" filesystem="ext4" bootloader="grub2"/></preferences>',
      "old-schemaversion",
      {},
      "6.8",
    );
    expect(found.title).toBe("Upgrade the description from 6.8 to 8.5");
    expect(found.files["config.xml"]).toContain('<bootloader name="grub2"/>');
  });

  test.each<[string, string, string]>([
    [
      "duplicate-package",
      '<packages type="image">\n    <package name="vim"/>\n    <package name="vim"/>\n  </packages>',
      '<packages type="image">\n    <package name="vim"/>\n  </packages>',
    ],
    [
      "plain-http",
      '<repository>\n    <source path="http://example.com/a"/>\n  </repository>',
      '<repository>\n    <source path="https://example.com/a"/>\n  </repository>',
    ],
    [
      "unknown-profile",
      '<profiles><profile name="Live" description="x"/></profiles>\n  <packages type="image" profiles="Live,live"/>',
      '<profiles><profile name="Live" description="x"/></profiles>\n  <packages type="image" profiles="Live,Live"/>',
    ],
  ])("%s is mended, or ignored by a comment", (code, wrong, right) => {
    const request = requestFor(description(`<preferences/>\n  ${wrong}`));
    const language = testKiwis[0]?.languageWithRules() ?? testLanguage();
    const offers = offersFor(language, request, code);
    expect(after(request, offers[0])).toEqual({ "config.xml": description(`<preferences/>\n  ${right}`) });
    const ignore = offers.find(({ action }) => action === "ignore");
    expect(after(request, ignore)["config.xml"]).toMatch(new RegExp(`\\n *<!-- kiwi-workbench-ignore ${code} -->\\n`));
  });

  test("nothing is offered that does not help", () => {
    const request = requestFor(description(preferences('<type image="oem" filesystem="ext4" foo="1"/>')));
    for (const fix of offersFor(testLanguage(), request, "attribute-not-allowed")) {
      const text = after(request, fix)["config.xml"] ?? "";
      expect(testLanguage().validate({ ...request, text })).toEqual([]);
    }
  });
});
