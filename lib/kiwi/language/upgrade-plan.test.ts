import { describe, expect, test } from "vitest";
import { applyEdits } from "#lib/xml/edit/text-edit.ts";
import { describeUpgrade, type UpgradePlan } from "./index.ts";
import { requestFor } from "./testing/marked.test-support.ts";
import { schemaText, testKiwis, testLanguage } from "./testing/schema.test-support.ts";

const part =
  "<image schemaversion='6.8'>\n  <preferences><packagemanager>yum</packagemanager></preferences>\n</image>\n";
const main = (version: string) => `<image schemaversion="${version}" name="a">
  <!-- kept -->
  <include from="this://part.xml"/>
  <preferences><type vga="1" image="oem" bootloader="grub2"/></preferences>
</image>
`;

function planFor(path: string, files: Record<string, string>, mains: string[]) {
  const plan = testLanguage().upgrade(requestFor(files[path] ?? "", { path, files, mains }));
  return "edits" in plan ? plan : plan.reason;
}

describe.skipIf(schemaText === null)("the upgrade of a whole description", () => {
  const files = { "a.kiwi": main("7.1"), "b.kiwi": main("7.6"), "part.xml": part };

  test("reaches the files that it includes, and says who else includes them", () => {
    const plan = planFor("a.kiwi", files, ["a.kiwi", "b.kiwi"]) as UpgradePlan;
    const after = (["a.kiwi", "part.xml"] as const).map((path) =>
      applyEdits(
        files[path],
        plan.edits.filter((edit) => edit.path === path),
      ),
    );
    expect(after).toEqual([
      main("8.5").replace(
        '<type vga="1" image="oem" bootloader="grub2"/>',
        '<type image="oem">\n    <bootloader name="grub2"/>\n  </type>',
      ),
      part.replace("yum", "dnf4"),
    ]);
    expect(describeUpgrade(plan)).toEqual([
      'a.kiwi:1: changed schemaversion="7.1" of <image> to "8.5"',
      "a.kiwi:4: added <bootloader> in <type>",
      'a.kiwi:4: dropped attribute vga="1" of <type>',
      'part.xml:2: changed "yum" in <packagemanager> to "dnf4"',
      "part.xml is included by b.kiwi (7.6) too: upgrade it as well.",
    ]);
  });

  test("may be asked for from an included file", () => {
    const plan = planFor("part.xml", files, ["a.kiwi"]) as UpgradePlan;
    expect(plan.main).toBe("a.kiwi");
    expect([...new Set(plan.edits.map(({ path }) => path))]).toEqual(["a.kiwi", "part.xml"]);
  });

  test.each([
    ["8.5", "already"],
    ["6.1", "too old"],
    ["new", "no schema version"],
  ])("is refused for version %s", (version, reason) => {
    expect(planFor("a.kiwi", { "a.kiwi": main(version), "part.xml": part }, ["a.kiwi"])).toContain(reason);
  });

  test("is refused while a file is broken", () => {
    expect(planFor("a.kiwi", { ...files, "part.xml": "<image>" }, ["a.kiwi"])).toContain("part.xml is not well-formed");
  });
});

const old = testKiwis.find(({ version }) => version.startsWith("9."));
test.skipIf(old === undefined)("KIWI 9 upgrades old versions itself, and they are judged as it sees them", () => {
  const validate = (version: string) =>
    old?.language().validate(requestFor(main(version), { files: { "part.xml": part } })) ?? [];
  expect(validate("7.1").map(({ code }) => code)).not.toContain("unchecked-schemaversion");
  expect(validate("7.1").some(({ message }) => message.includes("bootloader"))).toBe(false);
  expect(validate("7.3").map(({ message }) => message)).toContainEqual(expect.stringContaining('"bootloader"'));
  expect(validate("6.1").map(({ code }) => code)).toEqual(["unchecked-schemaversion"]);
});

test("an upgrade of YAML is refused with the way to it", () => {
  const files = { "config.yaml": 'image:\n  "@schemaversion": "7.1"\n  "@name": a\n' };
  expect(planFor("config.yaml", files, ["config.yaml"])).toMatch(
    /^config\.yaml is written in YAML, .*Convert it to XML/,
  );
});
