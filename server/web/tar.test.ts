import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { type TarEntry, tarEnd, tarHeader, tarPadding } from "./tar.ts";

const archive = (entries: readonly (TarEntry & { text?: string })[]) =>
  Buffer.concat([
    ...entries.flatMap(({ text = "", ...entry }) => [tarHeader(entry), Buffer.from(text), tarPadding(entry.size)]),
    tarEnd,
  ]);
const tar = (input: Buffer, ...options: string[]) => execFileSync("tar", options, { input, encoding: "utf8" });

test("tar reads what is written: long names, links, folders, rights, times", () => {
  const long = `${"ordner-ä/".repeat(20)}file`;
  const written = Date.UTC(2026, 0, 2, 3, 4, 5) / 1000;
  const input = archive([
    { path: "folder", kind: "directory", size: 0, mode: 0o755, written },
    { path: "folder/short", text: "hello\n", size: 6, mode: 0o640, written },
    { path: long, text: "x".repeat(600), size: 600, mode: 0o600, written },
    { path: "link", kind: "link", target: `../${"b".repeat(150)}`, size: 0, mode: 0o777, written },
  ]);
  const listed = tar(input, "-tvf", "-", "--utc", "--full-time", "--quoting-style=literal").trimEnd().split("\n");
  expect(listed.map((line) => line.split(/\s+/).slice(0, 1)[0])).toEqual([
    "drwxr-xr-x",
    "-rw-r-----",
    "-rw-------",
    "lrwxrwxrwx",
  ]);
  expect(listed[1]).toMatch(/ 6 2026-01-02 03:04:05 folder\/short$/);
  expect(listed[2]).toContain(long);
  expect(listed[3]).toContain(`link -> ../${"b".repeat(150)}`);
  expect(tar(input, "-xOf", "-", "folder/short")).toBe("hello\n");
  expect(tar(input, "-xOf", "-", long)).toBe("x".repeat(600));
});

test("a file of more than 8 GiB has its size in a record", () => {
  const size = 9 * 1024 ** 3;
  const header = Buffer.from(tarHeader({ path: "large", size, mode: 0o644, written: 0 }));
  expect(header.toString("latin1")).toContain(` size=${size}\n`);
});
