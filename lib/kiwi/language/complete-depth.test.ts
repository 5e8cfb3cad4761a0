import { describe, expect, test } from "vitest";
import type { CompletionItem, PositionRequest } from "./contract.ts";
import { atMark, description } from "./testing/marked.test-support.ts";
import { schemaText, testLanguage } from "./testing/schema.test-support.ts";

function offers(marked: string, more: Partial<PositionRequest> = {}): CompletionItem[] {
  return testLanguage().complete({ ...atMark(description(marked)), ...more }).items;
}

const labels = (items: CompletionItem[]) => items.map((item) => item.label);

/** The text after an item was chosen, its stops left empty. */
function accepted(marked: string, label: string): string {
  const { text } = atMark(description(marked));
  const item = offers(marked).find((one) => one.label === label);
  if (item === undefined) throw new Error(`${label} is not offered`);
  return text.slice(0, item.start) + item.insertText.replace(/\$(?:\d|\{\d:([^}]*)\})/g, "$1") + text.slice(item.end);
}

describe.skipIf(schemaText === null)("what rules have something against", () => {
  const inside = (type: string) => offers(`<preferences>${type}<‸</type></preferences>`);

  const isDoubtful = ({ onlyFor, objection }: CompletionItem) => onlyFor !== undefined || objection !== undefined;

  test("elements for other image types come last, and say for which", () => {
    const items = inside('<type image="docker">').filter((item) => item.kind === "element");
    expect(items.find((item) => item.label === "bootloader")?.onlyFor).toEqual(["iso", "oem"]);
    expect(items.find((item) => item.label === "size")).not.toHaveProperty("onlyFor");
    expect(items.slice(items.findIndex(isDoubtful)).every(isDoubtful)).toBe(true);
    expect(inside('<type image="oem">').find((item) => item.label === "bootloader")).not.toHaveProperty("onlyFor");
  });

  test("so do attributes", () => {
    const items = offers('<preferences><type image="docker" ‸/></preferences>');
    expect(items.find((item) => item.label === "volid")?.onlyFor).toEqual(["iso", "oem"]);
    expect(items.find((item) => item.label === "derived_from")).not.toHaveProperty("onlyFor");
    expect(items.slice(items.findIndex(isDoubtful)).every(isDoubtful)).toBe(true);
  });

  test.each([
    [
      "an attribute beside another one",
      '<preferences><type image="oem" ‸/></preferences>',
      "embed_verity_metadata",
      "verity_blocks",
    ],
    [
      "an attribute of another bootloader",
      '<preferences><type image="oem"><bootloader name="zipl" ‸/></type></preferences>',
      "bls",
      "grub2",
    ],
    ["an element by what is around it", '<packages type="image"><‸</packages>', "collectionModule", 'type="bootstrap"'],
    ["an attribute by another part of the file", '<packages type="bootstrap" ‸/>', "bootstrap_package", "apt"],
  ])("%s", (_, marked, label, reason) => {
    const item = offers(marked).find((one) => one.label === label);
    expect(item?.objection).toContain(reason);
  });

  test("what some value is right for is not among it", () => {
    const type = offers("<preferences><‸</preferences>").find((item) => item.label === "type");
    expect(type).not.toHaveProperty("objection");
  });

  test("image types are not known where no type is chosen", () => {
    expect(inside("<type>").some((item) => item.onlyFor !== undefined)).toBe(false);
  });
});

describe.skipIf(schemaText === null)("names of the folder's files", () => {
  const entries = [
    "parts/",
    "parts/disk.xml",
    "parts/my disk.xml",
    "config.xml",
    "config.sh",
    "root/etc/motd",
    "files.tar.gz",
    "keys/main.asc",
    "rpms/",
  ];
  const paths = (marked: string) => labels(offers(marked, { entries }));

  test.each([
    ["fragments", '<include from="‸"/>', ["this://parts/disk.xml"]],
    ["archives", '<packages type="image"><archive name="‸"/></packages>', ["files.tar.gz"]],
    ["folders", '<repository><source path="‸"/></repository>', ["this://parts", "this://rpms"]],
  ])("%s", (_, marked, names) => {
    expect(paths(marked)).toEqual(names);
  });

  test("keys, scripts and files", () => {
    const key = '<repository><source path="x"><signing key="‸"/></source></repository>';
    expect(paths(key)).toContain("this://keys/main.asc");
    expect(paths('<preferences><type image="oem" editbootconfig="‸"/></preferences>')).toContain("config.sh");
    expect(paths('<packages type="image"><file name="‸" target="/x"/></packages>')).toContain("keys/main.asc");
    expect(paths('<drivers><file name="‸"/></drivers>')).toEqual([]);
  });
});

describe.skipIf(schemaText === null)("values", () => {
  test("carry what is known of them", () => {
    const [first] = offers('<preferences><type image="‸"/></preferences>');
    expect(first?.documentation).toContain("type");
    const profiles = `<profiles><profile name="Live" description="A stick"/></profiles>`;
    const [live] = offers(`${profiles}<packages type="image" profiles="‸"/>`);
    expect(live).toMatchObject({ label: "Live", documentation: "**Profile `Live`** A stick" });
  });
});

describe.skipIf(schemaText === null)("names of packages", () => {
  const sections = (here: string) => `<packages type="image">${here}</packages>
    <packages type="iso"><package name="bash"/><package name="dracut-live"/><ignore name="doc"/></packages>`;

  test("are those that other sections have", () => {
    expect(labels(offers(sections('<package name="bash"/><package name="‸"/>')))).toEqual(["dracut-live"]);
    expect(labels(offers(sections('<ignore name="‸"/>')))).toEqual(["bash", "doc", "dracut-live"]);
  });

  test("come from all files", () => {
    const files: Record<string, string> = {
      "part.xml": '<image><packages type="iso"><package name="grub2"/></packages></image>',
    };
    const marked = '<include from="this://part.xml"/><packages type="image"><package name="‸"/></packages>';
    expect(labels(offers(marked, { read: (path) => files[path] }))).toEqual(["grub2"]);
  });
});

describe.skipIf(schemaText === null)("what XML itself knows", () => {
  test("is written whole", () => {
    expect(accepted("<preferences><‸</preferences>", "comment")).toContain("<preferences><!--  --></preferences>");
    expect(accepted("<preferences>‸</preferences>", "instruction")).toContain("<?target ?></preferences>");
    expect(accepted("<preferences><version><‸</version></preferences>", "CDATA")).toContain("<![CDATA[]]></version>");
  });

  test("text is offered where text may stand", () => {
    expect(labels(offers("<preferences><‸</preferences>"))).not.toContain("CDATA");
  });

  test("the end of an element that has none", () => {
    expect(accepted("<preferences><type image='oem'><‸", "/type")).toContain("<type image='oem'></type>");
    expect(labels(offers("<preferences><‸</preferences>"))).not.toContain("/preferences");
  });
});
