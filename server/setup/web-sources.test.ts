import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashWebSources } from "./web-sources.ts";

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "project-"));
  mkdirSync(join(project, "app", "builds"), { recursive: true });
  writeFileSync(join(project, "app", "builds", "page.tsx"), "one");
  writeFileSync(join(project, "next.config.js"), "export default {}");
});

afterEach(() => rmSync(project, { recursive: true }));

test("the same sources have the same name, wherever they lie", async () => {
  const copy = mkdtempSync(join(tmpdir(), "copy-"));
  cpSync(project, copy, { recursive: true });
  expect(await hashWebSources(copy)).toBe(await hashWebSources(project));
  rmSync(copy, { recursive: true });
});

test.each([
  ["content", () => writeFileSync(join(project, "app", "builds", "page.tsx"), "two")],
  ["a new file", () => writeFileSync(join(project, "app", "layout.tsx"), "")],
  ["a file beside the folders", () => writeFileSync(join(project, "proxy.ts"), "")],
  ["a new name", () => cpSync(join(project, "app"), join(project, "components"), { recursive: true })],
])("%s changes the name", async (_what, change) => {
  const before = await hashWebSources(project);
  change();
  expect(await hashWebSources(project)).not.toBe(before);
});

test("tests and foreign files do not change it", async () => {
  const before = await hashWebSources(project);
  writeFileSync(join(project, "app", "page.test.tsx"), "");
  writeFileSync(join(project, "README.md"), "");
  expect(await hashWebSources(project)).toBe(before);
});
