import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { locateDescription } from "./description-place.ts";
import { Failure, UsageError } from "./failure.ts";

let root: string;
let workspace: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "place-")));
  workspace = join(root, "workspace");
  mkdirSync(join(workspace, "team", "debian"), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, text = "<image/>") {
  writeFileSync(join(root, path), text);
}

test("a folder of the workspace has the name that the browser knows it by", async () => {
  put("workspace/team/debian/config.xml");
  const id = "team/debian/config.xml";
  expect(await locateDescription(workspace, join(workspace, "team/debian"))).toEqual({ workspace, id, name: id });
});

test("a folder elsewhere is read by itself and named by its whole path", async () => {
  put("my.kiwi");
  const name = join(root, "my.kiwi").slice(1);
  expect(await locateDescription(workspace, root)).toEqual({ workspace: root, id: "my.kiwi", name });
});

test("a folder whose name only begins like the workspace's is elsewhere", async () => {
  mkdirSync(join(root, "workspace-2"));
  put("workspace-2/config.xml");
  expect((await locateDescription(workspace, join(root, "workspace-2"))).workspace).toBe(join(root, "workspace-2"));
});

test("of several descriptions one has to be named", async () => {
  put("a.kiwi");
  put("b.kiwi");
  await expect(locateDescription(workspace, root)).rejects.toThrow(UsageError);
  expect((await locateDescription(workspace, join(root, "b.kiwi"))).id).toBe("b.kiwi");
});

test("YAML of other programs is no description", async () => {
  put("config.yaml", "server:\n  port: 1\n");
  await expect(locateDescription(workspace, root)).rejects.toThrow(Failure);
  put("config.yml", "image:\n  name: x\n");
  expect((await locateDescription(workspace, root)).id).toBe("config.yml");
});

test("what is not there is said", async () => {
  await expect(locateDescription(workspace, join(root, "nothing"))).rejects.toThrow(Failure);
});
