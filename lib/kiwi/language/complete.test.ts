import { describe, expect, test } from "vitest";
import { atMark, description } from "./testing/marked.test-support.ts";
import { schemaText, testLanguage } from "./testing/schema.test-support.ts";

/** What is offered at the mark `‸`. */
function offers(marked: string, files: Record<string, string> = {}) {
  return testLanguage().complete(atMark(marked, files)).items;
}

function labels(marked: string): string[] {
  return offers(marked).map((item) => item.label);
}

/** The text after the item with that label was accepted; stops of the snippet are shown as they are. */
function accepted(marked: string, label: string): string {
  const text = marked.replace("‸", "");
  const item = offers(marked).find((one) => one.label === label);
  if (item === undefined) throw new Error(`"${label}" is not offered`);
  return text.slice(0, item.start) + item.insertText + text.slice(item.end);
}

const preferences = (inner: string) => description(`<preferences>${inner}</preferences>`);

describe.skipIf(schemaText === null)("elements", () => {
  test("an empty file gets the root, with all that the schema requires", () => {
    expect(offers("‸").map(({ label, required }) => ({ label, required }))).toEqual([
      { label: "image", required: true },
    ]);
    const written = accepted("<‸", "image");
    expect(written).toContain('<image name="$1" schemaversion="8.5">');
    expect(written).toContain("<author>");
  });

  test("those that are required come first", () => {
    expect(labels('<image schemaversion="8.5" name="a">\n‸\n</image>').slice(0, 2)).toEqual([
      "description",
      "preferences",
    ]);
  });

  test("those that may stand once are not offered again, wherever the first stands", () => {
    expect(labels(preferences("<‸<version>1</version>"))).not.toContain("version");
    expect(labels(preferences("<version>1</version><‸"))).not.toContain("version");
    expect(labels(preferences("<‸<type/>"))).toContain("type");
  });

  test("a snippet holds the required attributes, with its stops", () => {
    expect(accepted(description('<packages type="image">\n<pack‸\n</packages>'), "package")).toContain(
      '<package name="$1"/>',
    );
    expect(accepted(preferences("\n<ver‸\n"), "version")).toContain("\n<version>$1</version>\n");
  });

  test("a tag that is there already gets a new name and keeps the rest", () => {
    expect(accepted(preferences('<ty‸pe image="oem"/>'), "type")).toContain('<type image="oem"/>');
  });

  test("end tags are those of the element that is open", () => {
    expect(accepted(description("<packages></‸"), "/packages")).toContain("<packages></packages>");
  });

  test("comments get nothing, unknown elements what XML itself knows", () => {
    expect(labels(preferences("<!-- ‸ -->"))).toEqual([]);
    expect(labels(preferences("<nothing><‸</nothing>"))).toEqual(["comment", "instruction"]);
  });
});

describe.skipIf(schemaText === null)("attributes", () => {
  test("those that are required come first, and those that are there are left out", () => {
    const offered = offers(preferences("<type ‸/>"));
    expect(offered[0]).toMatchObject({ label: "image", kind: "attribute", required: true, insertText: 'image="$1"' });
    expect(labels(preferences('<type image="oem" ‸/>'))).not.toContain("image");
    expect(labels(preferences('<type ‸ image="oem"/>'))).not.toContain("image");
  });

  test("old names are not offered", () => {
    expect(labels(preferences("<type ‸/>"))).not.toContain("vga");
  });

  test("by name, after those that are required", () => {
    const [first, ...others] = offers(preferences("<type ‸/>")).filter(
      ({ onlyFor, objection }) => !onlyFor && !objection,
    );
    const names = others.map(({ label }) => label);
    expect(first?.label).toBe("image");
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, "en")));
  });

  test("one of two that exclude each other", () => {
    const inside = (attributes: string) =>
      preferences(
        `<type image="docker"><containerconfig name="a"><entrypoint ${attributes}/></containerconfig></type>`,
      );
    expect(labels(inside("‸"))).toEqual(["clear", "execute"]);
    expect(labels(inside('clear="true" ‸'))).toEqual([]);
  });

  test("a name that is there already is replaced, its value kept", () => {
    expect(accepted(preferences('<type image="oem" firmwa‸="efi"/>'), "firmware")).toContain(
      '<type image="oem" firmware="efi"/>',
    );
  });

  test("a tag that is being typed", () => {
    expect(labels(preferences('\n<type image="oem" firm‸\n<version>1</version>'))).toContain("firmware");
  });
});

describe.skipIf(schemaText === null)("values", () => {
  test.each([
    ["choices", '<type image="‸"/>', "oem"],
    ["booleans", '<type image="oem" installiso="‸"/>', "true"],
    ["finite patterns", '<type image="oem" format="‸"/>', "docker:vmdk"],
    ["without quotes", "<type image=‸/>", "oem"],
    ["with an open quote", '<type image="‸', "oem"],
    ["text of elements", "<packagemanager>‸</packagemanager>", "apt"],
  ])("%s", (_, inner, label) => {
    expect(labels(preferences(inner))).toContain(label);
  });

  test("an entry of a list is replaced alone", () => {
    const packages = (arch: string) =>
      description(`<packages type="image"><package name="a" arch="${arch}"/></packages>`);
    expect(accepted(packages("x86_64,‸"), "aarch64")).toContain('arch="x86_64,aarch64"');
    expect(accepted(packages("x8‸6,aarch64"), "x86_64")).toContain('arch="x86_64,aarch64"');
    expect(accepted(packages("‸"), "riscv64")).toContain('arch="riscv64"');
  });

  test("of a list nothing is offered twice", () => {
    const image = (profiles: string) =>
      description(
        `<profiles><profile name="One"/><profile name="Two"/></profiles><preferences profiles="${profiles}"/>`,
      );
    expect(labels(image("One,‸"))).toEqual(["Two"]);
    expect(labels(image("‸,Two"))).toEqual(["One"]);
    expect(labels(image("O‸ne,Two"))).toEqual(["One"]);
    expect(labels(image("One,T‸wo"))).toEqual(["Two"]);
  });

  test("quotes are added where none are", () => {
    expect(accepted(preferences("<type image=‸/>"), "oem")).toContain('<type image="oem"/>');
    expect(accepted(preferences('<type image="o‸"/>'), "oem")).toContain('<type image="oem"/>');
  });

  test("profiles are those that the description declares, in all its files", () => {
    const files = { "part.xml": '<image><profiles><profile name="Two" description="b"/></profiles></image>' };
    const text = description('<include from="this://part.xml"/><preferences profiles="‸"/>');
    expect(offers(text, files).map((item) => item.label)).toEqual(["Two"]);
  });
});

test.skipIf(schemaText === null)("nearly everything that is offered is documented", () => {
  const offered = [...offers(preferences("<‸")), ...offers(preferences("<type ‸/>"))];
  expect(offered.filter((item) => item.documentation === undefined).map((item) => item.label)).toEqual([]);
});
