import { describe, expect, test } from "vitest";
import { requestFor } from "./testing/marked.test-support.ts";
import { schemaText, testLanguage } from "./testing/schema.test-support.ts";

type Path = "config.yaml" | "config.json" | "config.toml";

/** What is offered at the mark `‸`. */
function offers(path: Path, marked: string) {
  const request = requestFor(marked.replace("‸", ""), { path, mains: [path] });
  return testLanguage().complete({ ...request, offset: marked.indexOf("‸") }).items;
}

const labels = (path: Path, marked: string) => offers(path, marked).map(({ label }) => label);

/** The text after the item was accepted, as an editor does it: inner lines get the indentation of the line. */
function accepted(path: Path, marked: string, label: string): string {
  const text = marked.replace("‸", "");
  const item = offers(path, marked).find((one) => one.label === label);
  if (item === undefined) throw new Error(`"${label}" is not offered`);
  const line = text.slice(text.lastIndexOf("\n", item.start - 1) + 1);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
  return text.slice(0, item.start) + item.insertText.replaceAll("\n", `\n${indent}`) + text.slice(item.end);
}

const yaml = (inner: string) => `image:
  "@schemaversion": "8.5"
  "@name": test
  preferences:
    - version: 1.2.3
${inner.replace(/^/gm, "      ")}
  users: {user: {"@name": root}}
`;

describe.skipIf(schemaText === null)("YAML", () => {
  test("an empty file gets the root with what it needs", () => {
    const text = accepted("config.yaml", "‸", "image");
    expect(text).toContain('image:\n  "@name": $1\n  "@schemaversion": "8.5"\n');
    expect(text).toContain("  description:\n");
  });

  test("keys of elements and attributes, by the mapping", () => {
    expect(labels("config.yaml", yaml("‸"))).toEqual(expect.arrayContaining(["@profiles", "type", "packagemanager"]));
    expect(labels("config.yaml", yaml("‸"))).not.toContain("version");
    expect(accepted("config.yaml", yaml("pack‸"), "packagemanager")).toContain("      packagemanager: $1\n");
    expect(accepted("config.yaml", yaml("‸"), "@profiles")).toContain('      "@profiles": $1\n');
  });

  test("a key that is being typed with its quote", () => {
    expect(accepted("config.yaml", yaml('"@pro‸'), "@profiles")).toContain('      "@profiles": $1\n');
    expect(accepted("config.yaml", yaml('"@pro‸"'), "@profiles")).toContain('      "@profiles": $1\n');
  });

  test("what may stand several times begins as a list", () => {
    expect(accepted("config.yaml", yaml("‸"), "type")).toContain('      type:\n        - "@image": $1\n');
  });

  test("in an item of a list", () => {
    const list = yaml('type:\n  - ‸\n  - "@image": iso');
    expect(labels("config.yaml", list)).toEqual(expect.arrayContaining(["@image", "@firmware", "size", "bootloader"]));
    expect(accepted("config.yaml", list, "bootloader")).toContain('        - bootloader:\n            "@name": $1\n');
  });

  test("a name that has a value already is replaced alone", () => {
    const text = accepted("config.yaml", yaml('type:\n  "@image": oem\n  "@firmwa‸": efi'), "@firmware");
    expect(text).toContain('        "@firmware": efi\n');
  });

  test("values, in quotes where they need them", () => {
    const type = (inner: string) => yaml(`type:\n  - ${inner}`);
    expect(accepted("config.yaml", type('"@image": ‸'), "oem")).toContain('"@image": oem\n');
    expect(accepted("config.yaml", type('"@image": "‸"'), "oem")).toContain('"@image": "oem"\n');
    expect(accepted("config.yaml", type('"@image": o‸'), "oem")).toContain('"@image": oem\n');
    expect(accepted("config.yaml", type('"@primary": ‸'), "true")).toContain('"@primary": "true"\n');
    expect(accepted("config.yaml", yaml("packagemanager: ‸"), "apt")).toContain("packagemanager: apt\n");
    expect(labels("config.yaml", yaml('packagemanager: "‸"'))).toContain("zypper");
  });

  test("in brackets", () => {
    const text = 'image:\n  packages: {"@type": image, package: [{‸}]}\n';
    expect(labels("config.yaml", text)).toEqual(expect.arrayContaining(["@name", "@arch"]));
    expect(accepted("config.yaml", text, "@name")).toContain('[{"@name": "$1"}]');
    expect(labels("config.yaml", 'image:\n  packages: {"@type": ‸}\n')).toContain("bootstrap");
  });

  test("where another line is broken", () => {
    const broken = yaml('packagemanager: [\n\ntype:\n  - "@image: oem\n    ‸\n');
    expect(labels("config.yaml", broken)).toEqual(expect.arrayContaining(["@firmware"]));
  });

  test("profiles are those that the description declares", () => {
    const text = 'image:\n  profiles: {profile: {"@name": Disk}}\n  preferences:\n    "@profiles": ‸\n';
    expect(labels("config.yaml", text)).toEqual(["Disk"]);
    expect(accepted("config.yaml", text.replace("‸", "Live,‸"), "Disk")).toContain('"@profiles": Live,Disk\n');
    expect(labels("config.yaml", text.replace("‸", "Disk,‸"))).toEqual([]);
  });

  test("values say what their attribute is for", () => {
    const firmware = offers("config.yaml", yaml('type:\n  - "@image": oem\n    "@firmware": ‸'));
    expect(firmware.map(({ documentation }) => documentation)).not.toContain(undefined);
    expect(firmware[0]?.documentation).toContain("firmware");
  });

  test("comments get nothing", () => {
    expect(labels("config.yaml", yaml("# ‸"))).toEqual([]);
    expect(labels("config.yaml", yaml("packagemanager: apt # ‸"))).toEqual([]);
  });
});

describe.skipIf(schemaText === null)("JSON", () => {
  const json = (inner: string) => `{
  "image": {
    "@name": "test",
    "preferences": {
      ${inner}
    }
  }
}
`;
  test.each([
    ["an empty object", "‸"],
    ["a key being typed", '"pack‸"'],
    ["a key without its second quote", '"pack‸'],
    ["behind another", '"version": "1", ‸'],
  ])("%s", (_, inner) => {
    expect(labels("config.json", json(inner))).toContain("packagemanager");
    expect(accepted("config.json", json(inner), "packagemanager")).toContain('"packagemanager": "$1"');
  });

  test("before another key a comma is written", () => {
    expect(accepted("config.json", json('‸"version": "1"'), "packagemanager")).toContain(
      '"packagemanager": "$1", "version"',
    );
  });

  test("values and names", () => {
    const type = (inner: string) => json(`"type": [{${inner}}]`);
    expect(accepted("config.json", type('"@image": ‸'), "oem")).toContain('{"@image": "oem"}');
    expect(accepted("config.json", type('"@image": "o‸"'), "oem")).toContain('{"@image": "oem"}');
    expect(accepted("config.json", type('"@imag‸": "oem"'), "@image")).toContain('{"@image": "oem"}');
    expect(labels("config.json", json('"packagemanager": "‸"'))).toContain("dnf5");
  });

  test("lists and inner lines", () => {
    expect(accepted("config.json", json("‸"), "type")).toContain(
      '      "type": [\n        {\n          "@image": "$1"\n        }\n      ]\n',
    );
  });
});

describe.skipIf(schemaText === null)("TOML", () => {
  const toml = (inner: string) => `[image]
"@name" = "test"
[image.preferences]
version = "1"
${inner}
`;
  test("keys, values and tables", () => {
    expect(labels("config.toml", toml("‸"))).toEqual(expect.arrayContaining(["@profiles", "packagemanager", "type"]));
    expect(accepted("config.toml", toml("pack‸"), "packagemanager")).toContain('\npackagemanager = "$1"\n');
    expect(accepted("config.toml", toml("‸"), "type")).toContain('\n[[image.preferences.type]]\n"@image" = "$1"\n');
    expect(accepted("config.toml", toml('packagemanager = "‸"'), "apt")).toContain('packagemanager = "apt"');
    expect(accepted("config.toml", toml("packagemanager = ‸"), "apt")).toContain('packagemanager = "apt"');
    expect(labels("config.toml", toml('[[image.preferences.type]]\n"@image" = "‸"'))).toContain("oem");
  });

  test("names in the heads of tables", () => {
    expect(accepted("config.toml", toml("[[image.preferences.ty‸]]"), "type")).toContain(
      "[[image.preferences.type]]\n",
    );
    expect(accepted("config.toml", toml("[image.‸"), "packages")).toContain("[image.packages");
    expect(labels("config.toml", toml("[image.‸]"))).not.toContain("@displayname");
  });
});
