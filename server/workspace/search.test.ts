import { expect, test } from "vitest";
import { searchDescriptions } from "./search.ts";
import { imageXml, testWorkspace } from "./test-workspace.ts";

test("lines with all words are found in descriptions, fragments and scripts, each file once", async () => {
  const packages = '<image>\n  <packages type="image">\n    <package name="Vim"/>\n  </packages>\n</image>\n';
  await using workspace = await testWorkspace({
    "config.xml": imageXml("above"),
    "one/fedora.kiwi": imageXml("one"),
    "one/server.kiwi": imageXml("two"),
    "one/packages.xml": packages,
    "one/config.sh": "#!/bin/sh\napt-get install vim # package\n",
    "one/root/etc/vimrc": "vim package",
  });
  const find = (words: string, most = 10) => searchDescriptions(workspace.path, words, most);
  expect(await find("package VIM")).toEqual([
    { description: "one/fedora.kiwi", file: "config.sh", line: 2, text: "apt-get install vim # package" },
    { description: "one/fedora.kiwi", file: "packages.xml", line: 3, text: '<package name="Vim"/>' },
  ]);
  expect(await find("vim", 1)).toHaveLength(1);
  expect(await find("name two")).toMatchObject([{ description: "one/server.kiwi" }]);
  expect(await find("emacs")).toEqual([]);
  expect(await find("  ")).toEqual([]);
});

test("a file with many hits leaves room for others", async () => {
  const many = `<image schemaversion="8.5" name="a">\n${"<!-- word -->\n".repeat(40)}</image>`;
  await using workspace = await testWorkspace({ "a/config.xml": many, "b/config.xml": imageXml("word") });
  const found = await searchDescriptions(workspace.path, "word", 100);
  expect(found.filter(({ description }) => description === "a/config.xml")).toHaveLength(5);
  expect(found.at(-1)).toMatchObject({ description: "b/config.xml", line: 1 });
  const [near] = await searchDescriptions(workspace.path, "word", 100, "b/config.xml");
  expect(near).toMatchObject({ description: "b/config.xml" });
});
