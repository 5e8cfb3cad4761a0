import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "#lib/xml/edit/text-edit.ts";
import { createLanguage } from "../index.ts";
import { description, requestFor } from "../testing/marked.test-support.ts";
import { schemaText, testLanguage } from "../testing/schema.test-support.ts";
import type { PackageChange } from "./packages.ts";

const plain = createLanguage({ schema: null, kiwiVersion: null, schemaVersion: null });

const inner = `<preferences><version>1</version><packagemanager>apt</packagemanager><type image="tbz"/></preferences>
  <repository><source path="https://example.org/"/></repository>
  <packages type="image">
    <!-- an editor -->
    <package name="vim"/>  <!-- kept -->
    <package name="curl" arch="x86_64"/>
    <ignore name="nano"/>
  </packages>
  <packages type="bootstrap"/>`;

/** The files after a change. */
function after(text: string, change: PackageChange, files: Record<string, string> = {}): Record<string, string> {
  const request = requestFor(text, { files });
  const all: Record<string, string> = { ...files, "config.xml": text };
  const edits = plain.changePackages(request, change);
  for (const path of Object.keys(all))
    all[path] = applyEdits(
      all[path] ?? "",
      edits.filter((edit) => edit.path === path),
    );
  return all;
}

const sections = (text: string, files: Record<string, string> = {}) =>
  plain.packageSections(requestFor(text, { files })) ?? [];

test("sections and what they list, with their places", () => {
  const [image, bootstrap] = sections(description(inner));
  expect(image).toMatchObject({ path: "config.xml", line: 9, type: "image", profiles: "" });
  expect(image?.items.map(({ kind, name, architecture, line }) => [kind, name, architecture, line])).toEqual([
    ["package", "vim", "", 11],
    ["package", "curl", "x86_64", 12],
    ["ignore", "nano", "", 13],
  ]);
  expect(bootstrap?.items).toEqual([]);
  expect(
    plain.packageSections(requestFor("image:\n  '@name': x\n", { path: "config.yaml", mains: ["config.yaml"] })),
  ).toBe(null);
});

test("names come behind the last of their kind, each once; nothing else is touched", () => {
  const text = description(inner);
  const [image, bootstrap] = sections(text);
  if (!image || !bootstrap) throw new Error("no sections");
  const added = after(text, { kind: "add", section: image, item: "package", names: ["git", "vim", "a&b", "git"] });
  expect(added["config.xml"]).toBe(
    text.replace(
      '<package name="curl" arch="x86_64"/>',
      '<package name="curl" arch="x86_64"/>\n    <package name="git"/>\n    <package name="a&amp;b"/>',
    ),
  );
  const first = after(text, { kind: "add", section: bootstrap, item: "package", names: ["apt"] });
  expect(first["config.xml"]).toBe(
    text.replace(
      '<packages type="bootstrap"/>',
      '<packages type="bootstrap">\n    <package name="apt"/>\n  </packages>',
    ),
  );
  expect(after(text, { kind: "add", section: image, item: "package", names: ["vim"] })["config.xml"]).toBe(text);
});

test("what is removed goes with its line, and comments stay", () => {
  const text = description(inner);
  const [image] = sections(text);
  const removed = after(text, { kind: "remove", items: image?.items.slice(0, 2) ?? [] });
  expect(removed["config.xml"]).toBe(
    text.replace('<package name="vim"/>  <!--', "<!--").replace('    <package name="curl" arch="x86_64"/>\n', ""),
  );
});

test("a change lands in the fragment that holds the section", () => {
  const files = {
    "part.xml": '<image>\n  <packages type="image">\n    <package name="a"/>\n  </packages>\n</image>\n',
  };
  const text = description('<include from="this://part.xml"/>');
  const [section] = sections(text, files);
  expect(section).toMatchObject({ path: "part.xml", line: 2 });
  if (!section) throw new Error("no section");
  const changed = after(text, { kind: "add", section, item: "ignore", names: ["b"] }, files);
  expect(changed["config.xml"]).toBe(text);
  expect(changed["part.xml"]).toContain('<package name="a"/>\n    <ignore name="b"/>\n');
});

test("a new section stands behind the last one", () => {
  const text = description(inner);
  const change: PackageChange = { kind: "add-section", type: "image", profiles: "Live", names: ["dracut"] };
  expect(after(text, change)["config.xml"]).toBe(
    text.replace(
      '<packages type="bootstrap"/>',
      '<packages type="bootstrap"/>\n  <packages type="image" profiles="Live">\n    <package name="dracut"/>\n  </packages>',
    ),
  );
});

describe.skipIf(schemaText === null)("any sequence of changes", () => {
  const name = fc.constantFrom("vim", "git", "curl", "lib<x>&", "nano");
  const step = fc.record({
    add: fc.boolean(),
    section: fc.nat(3),
    item: fc.constantFrom("package", "ignore", "namedCollection", "archive") as fc.Arbitrary<"package" | "ignore">,
    names: fc.array(name, { minLength: 1, maxLength: 3 }),
    pick: fc.nat(9),
  });

  test("leaves a valid document, says what was asked for, and keeps every other line", () => {
    const language = testLanguage();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let text = description(inner);
        const untouched = text
          .split("\n")
          .filter((line) => !/<(package|ignore) /.test(line) && !/bootstrap/.test(line));
        for (const { add, section, item, names, pick } of steps) {
          const all = sections(text);
          const chosen = all[section % all.length];
          if (!chosen) throw new Error("no section");
          const removed = chosen.items[pick % Math.max(1, chosen.items.length)];
          const change: PackageChange = add
            ? { kind: "add", section: chosen, item, names }
            : { kind: "remove", items: removed ? [removed] : [] };
          text = after(text, change)["config.xml"] ?? "";
          const now = sections(text)[section % all.length]?.items ?? [];
          const listed = now.map((one) => `${one.kind} ${one.name}`);
          if (add) expect(listed).toEqual(expect.arrayContaining(names.map((one) => `${item} ${one}`)));
          else expect(now).toHaveLength(Math.max(0, chosen.items.length - 1));
        }
        const lines = new Set(text.split("\n"));
        expect(untouched.filter((line) => !lines.has(line))).toEqual([]);
        expect(language.validate(requestFor(text)).filter(({ severity }) => severity === "error")).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
