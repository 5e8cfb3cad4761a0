import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findDescriptions } from "./discovery.ts";
import { getDescription } from "./read-description.ts";
import { imageXml, testWorkspace } from "./test-workspace.ts";

async function idsIn(path: string): Promise<string[]> {
  return (await findDescriptions(path)).descriptions.map(({ id }) => id);
}

test("finds descriptions of every form at any depth, several in one folder", async () => {
  await using workspace = await testWorkspace({
    "config.xml": imageXml("top"),
    "a/b/c/config.xml": imageXml("deep"),
    "fedora/one.kiwi": imageXml("one"),
    "fedora/two.kiwi": imageXml("two"),
    "fedora/components/part.xml": "<image><preferences/></image>",
    "yaml/config.yaml": 'image: {"@name": y, "@schemaversion": "8.5"}',
    "yaml2/config.yml": "image:\n  '@name': y\n  '@schemaversion': '8.5'\n",
    "other/config.yaml": "server:\n  port: 80\n",
    "other/pom.xml": "<project/>",
  });
  const { descriptions, truncated } = await findDescriptions(workspace.path);
  expect(descriptions.map(({ id }) => id)).toEqual([
    "a/b/c/config.xml",
    "config.xml",
    "fedora/one.kiwi",
    "fedora/two.kiwi",
    "yaml/config.yaml",
    "yaml2/config.yml",
  ]);
  expect(truncated).toBe(false);
  expect(descriptions[0]).toMatchObject({
    folder: "a/b/c",
    file: "config.xml",
    format: "xml",
    facts: { name: "deep" },
  });
  expect(descriptions[1]?.folder).toBe("");
});

test("a broken description is listed with its error and hides no other", async () => {
  await using workspace = await testWorkspace({
    "bad/config.xml": "<image>\n<open>",
    "binary/config.xml": "\u0000\u0001",
    "good/config.xml": imageXml("good"),
    "include/config.xml": imageXml("x", '<include from="this://missing.xml"/>'),
  });
  await workspace.link("outside/config.xml", "../../outside/secret.txt");
  const byId = new Map((await findDescriptions(workspace.path)).descriptions.map((one) => [one.id, one]));
  expect([...byId.keys()]).toHaveLength(5);
  expect(byId.get("good/config.xml")?.error).toBeUndefined();
  expect(byId.get("bad/config.xml")?.error).toMatch(/^line \d/);
  expect(byId.get("binary/config.xml")?.error).toContain("not a text file");
  expect(byId.get("include/config.xml")?.error).toContain("missing.xml");
  expect(byId.get("outside/config.xml")?.error).toContain("leads out");
  for (const id of ["bad", "binary", "include", "outside"])
    expect(byId.get(`${id}/config.xml`)).not.toHaveProperty("facts");
});

test("does not look into version control, packages, overlays and linked folders", async () => {
  await using workspace = await testWorkspace({
    ".git/config.xml": imageXml("git"),
    "node_modules/x/config.xml": imageXml("package"),
    "one/config.xml": imageXml("one", '<profiles><profile name="Disk" description="d"/></profiles>'),
    "one/root/etc/config.xml": imageXml("overlay"),
    "one/Disk/etc/config.xml": imageXml("profile overlay"),
    "one/inner/config.xml": imageXml("inner"),
    "plain/root/config.xml": imageXml("no description above, so no overlay"),
  });
  await workspace.link("one/loop", "..");
  expect(await idsIn(workspace.path)).toEqual(["one/config.xml", "one/inner/config.xml", "plain/root/config.xml"]);
});

test("sees changes of a description and of what it includes", async () => {
  await using workspace = await testWorkspace({
    "config.xml": imageXml("one", '<include from="this://v.xml"/>'),
    "v.xml": "<image><preferences><version>1.0.0</version></preferences></image>",
  });
  const versionNow = async () => (await findDescriptions(workspace.path)).descriptions[0]?.facts?.version;
  expect(await versionNow()).toBe("1.0.0");
  await workspace.write("v.xml", "<image><preferences><version>2.0.0</version></preferences></image>");
  expect(await versionNow()).toBe("2.0.0");
  await workspace.write("config.xml", imageXml("one", "<preferences><version>3.0.0</version></preferences>"));
  expect(await versionNow()).toBe("3.0.0");
});

test("a workspace that does not exist is an empty one", async () => {
  await using workspace = await testWorkspace();
  expect(await findDescriptions(join(workspace.path, "none"))).toEqual({ descriptions: [], truncated: false });
});

test("folders without end are cut, and that is said", async () => {
  await using workspace = await testWorkspace({ "config.xml": imageXml("top") });
  const deep = join(workspace.path, ...Array.from({ length: 20 }, () => "d"));
  await mkdir(deep, { recursive: true });
  await writeFile(join(deep, "config.xml"), imageXml("too deep"));
  expect(await findDescriptions(workspace.path)).toMatchObject({
    truncated: true,
    descriptions: [{ id: "config.xml" }],
  });
});

test("one description is read by its id, and only descriptions are", async () => {
  await using workspace = await testWorkspace({ "a/config.xml": imageXml("a"), "a/part.xml": "<image/>" });
  expect(await getDescription(workspace.path, "a/config.xml")).toMatchObject({ facts: { name: "a" } });
  for (const id of ["a/part.xml", "a/none.kiwi", "../outside/secret.txt"])
    await expect(getDescription(workspace.path, id)).rejects.toMatchObject({ reason: "not-found" });
});
