import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readResults } from "./results.ts";

async function target(): Promise<string> {
  const path = await realpath(await mkdtemp(join(tmpdir(), "target-")));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  writeFileSync(join(path, "image.raw"), "12345");
  return path;
}

function list(path: string, files: Record<string, unknown>): string {
  const entries = Object.entries(files).map(([key, filename]) => [
    key,
    { filename, use_for_bundle: true, compress: false, shasum: true },
  ]);
  writeFileSync(join(path, "kiwi.result.json"), JSON.stringify(Object.fromEntries(entries)));
  return path;
}

test("the files of the list, without the bundle's name pattern", async () => {
  const path = await target();
  const file = { filename: join(path, "image.raw"), use_for_bundle: true };
  writeFileSync(join(path, "kiwi.result.json"), JSON.stringify({ bundle_format: { pattern: "%N" }, disk_image: file }));
  expect(await readResults(path)).toEqual({
    files: [{ key: "disk_image", name: "image.raw", path: join(path, "image.raw"), size: 5 }],
  });
});

test.for<[string, (path: string) => void]>([
  ["a file of the host", (path) => list(path, { x: "/etc/passwd" })],
  ["a way out of the folder", (path) => list(path, { x: `${path}/../../etc/passwd` })],
  ["a missing file", (path) => list(path, { x: `${path}/missing.raw` })],
  ["a folder", (path) => mkdirSync(`${list(path, { x: `${path}/build` })}/build`)],
  ["a link", (path) => symlinkSync("image.raw", `${list(path, { x: `${path}/link.raw` })}/link.raw`)],
  [
    "a file behind a linked folder",
    (path) => symlinkSync("/etc", `${list(path, { x: `${path}/outside/passwd` })}/outside`),
  ],
  ["a pipe", (path) => execFileSync("mkfifo", [`${list(path, { x: `${path}/pipe` })}/pipe`])],
  ["a hidden name", (path) => writeFileSync(`${list(path, { x: `${path}/.hidden` })}/.hidden`, "")],
  ["a name with a line break", (path) => writeFileSync(`${list(path, { x: `${path}/a\nb` })}/a\nb`, "")],
  ["the same name twice", (path) => list(path, { x: `${path}/image.raw`, y: `${path}/image.raw` })],
  ["an entry without a file", (path) => list(path, { x: null })],
  ["an empty list", (path) => list(path, {})],
  ["no list", () => {}],
  ["a list that is no JSON", (path) => writeFileSync(join(path, "kiwi.result.json"), "x")],
  ["a list that is a link", (path) => symlinkSync("/etc/passwd", join(path, "kiwi.result.json"))],
  ["an endless list", (path) => execFileSync("truncate", ["-s", "2M", join(path, "kiwi.result.json")])],
])("refuses %s", async ([, prepare]) => {
  const path = await target();
  prepare(path);
  expect(await readResults(path)).toEqual({ problem: expect.any(String) });
});
