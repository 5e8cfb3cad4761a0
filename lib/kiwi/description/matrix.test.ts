import { expect, test } from "vitest";
import { readSource } from "#lib/kiwi/language/source-document.ts";
import { plainView } from "#lib/relaxng/view.ts";
import type { XmlElement } from "#lib/xml/tree.ts";
import { difference, profileMatrix } from "./matrix.ts";
import { tricky } from "./testing/tricky.test-support.ts";

const root = readSource("config.xml", tricky).root as XmlElement;
const matrix = profileMatrix({ root, view: plainView }, "x86_64", [["Live", "Disk"], ["Base"]]);

const row = (...profiles: string[]) => matrix.rows.find((one) => one.profiles.join() === profiles.join());
const cell = (type: string, ...profiles: string[]) => row(...profiles)?.cells.find((one) => one.type === type);

test("there is a row for no profile, for the sets that are asked for, and for each profile", () => {
  expect(matrix.types).toEqual(["iso", "oem", "tbz", "pxe"]);
  expect(matrix.rows.map(({ profiles }) => profiles.join("+"))).toEqual([
    "",
    "Live+Disk",
    "Base",
    "Disk",
    "Tools",
    "Live",
    "Board",
    "Boards",
    "Careful",
  ]);
});

test("a row says what becomes active besides", () => {
  expect(row()?.brings).toEqual(["Live"]);
  expect(row("Disk")).toMatchObject({ description: "a disk", brings: ["Base", "Tools"] });
});

test("a cell has what KIWI would install, or why it would not build", () => {
  expect(cell("oem", "Disk")).toMatchObject({
    refusal: null,
    packages: ["apk-tools", "base", "bash", "filesystem", "grub2", "strace", "zlib"],
    collections: ["disk", "minimal"],
    archives: ["files.tar.gz"],
    repositories: ["main"],
  });
  expect(cell("iso", "Live")?.repositories).toEqual(["live", "main"]);
  expect(cell("iso", "Base")?.refusal).toBe("The image type iso is not there for these profiles.");
  expect(cell("oem", "Boards")?.refusal).toBe("The profile Board, which Boards requires, is not there for x86_64.");
});

test("differences are told in both directions", () => {
  expect(difference(cell("oem", "Base")?.packages ?? [], cell("tbz", "Disk")?.packages ?? [])).toEqual({
    added: ["strace"],
    removed: ["grub2"],
  });
});
