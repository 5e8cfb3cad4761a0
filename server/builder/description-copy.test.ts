import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { adaptCopy } from "./description-copy.ts";

const XML = `<image schemaversion="8.5" name="x">
  <preferences><type image="tbz"/></preferences>
  <users><user name="root" password="linux" pwdformat="plain"/></users>
</image>
`;
const choice = { profiles: [], architecture: "x86_64" };

async function copyOf(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "copy-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "config.xml"), text);
  return folder;
}

test("the copy holds no plain password, and the log will show neither it nor its hash", async () => {
  const folder = await copyOf(XML);
  const secrets = await adaptCopy(folder, { imageFile: "config.xml", choice, typeAttributes: {} });
  const text = readFileSync(join(folder, "config.xml"), "utf8");
  const [, hash = ""] = /password="(\$6\$[^"]+)" pwdformat="encrypted"/.exec(text) ?? [];
  expect(text).not.toContain("linux");
  expect(secrets).toEqual(["linux", hash]);
});

test("attributes of the type are set, and one that is not there is named", async () => {
  const folder = await copyOf(XML);
  const typeAttributes = { compressed: "true" };
  await adaptCopy(folder, { imageFile: "config.xml", choice, typeAttributes });
  expect(readFileSync(join(folder, "config.xml"), "utf8")).toContain('<type image="tbz" compressed="true"/>');
  const other = { imageFile: "config.xml", choice: { ...choice, type: "oem" }, typeAttributes };
  await expect(adaptCopy(folder, other)).rejects.toThrow("no such type");
});
