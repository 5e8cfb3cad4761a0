import { expect, test } from "vitest";
import { plainView } from "#lib/relaxng/view.ts";
import { changeBetween } from "#lib/xml/edit/change-between.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { reparse } from "#lib/xml/reparse.ts";
import type { XmlElement } from "#lib/xml/tree.ts";
import { type KeptImage, readImage } from "./image.ts";

const text = `<image>
  <description><author>A</author></description>
  <profiles><profile name="One"><requires profile="Two"/></profile><profile name="Two"/></profiles>
  <preferences profiles="One"><version>1.0.0</version><type image="oem"><size>8</size></type></preferences>
  <repository><source path="/a"/></repository>
  <packages type="image" profiles="Two"><package name="vim" arch="x86_64"/></packages>
</image>`;

/** Reads a text, then the text with one piece of it replaced; the second time with what the first one kept. */
function readTwice(from: string, to: string) {
  const kept: KeptImage = { pieces: new WeakMap(), parts: new WeakMap() };
  const before = parseXml(text);
  const first = readImage(before.root as XmlElement, plainView, kept);
  expect(text).toContain(from);
  const after = reparse(before, changeBetween(text, text.replace(from, to)));
  expect(after.root).toBe(before.root);
  const second = readImage(after.root as XmlElement, plainView, kept);
  const fresh = readImage(parseXml(after.text).root as XmlElement, plainView);
  return { first, second, fresh };
}

test("the parts of a description stay the same object while texts and insides of types change", () => {
  for (const [from, to] of [
    ["<author>A", "<author>Another"],
    ["<size>8", "<size>80"],
    ['<type image="oem">', '<type image="oem" filesystem="ext4">'],
    ["\n  <repository>", "\n\n\n  <repository>"],
  ] as const) {
    const { first, second } = readTwice(from, to);
    expect([from, second.parts === first.parts]).toEqual([from, true]);
  }
});

test("they are others where anything changes that rules ask for", () => {
  for (const [from, to] of [
    ['image="oem"', 'image="iso"'],
    ['preferences profiles="One"', 'preferences profiles="Two"'],
    ['packages type="image" profiles="Two"', 'packages type="image" profiles="One"'],
    ['packages type="image"', 'packages type="bootstrap"'],
    ['name="vim"', 'name="vi"'],
    ['arch="x86_64"', 'arch="aarch64"'],
    ["1.0.0", "1.0.1"],
    ['path="/a"', 'path="/b"'],
    ['requires profile="Two"', 'requires profile="One"'],
    ['<profile name="Two"/>', ""],
    ["<repository>", '<repository arch="x86_64">'],
  ] as const) {
    const { first, second, fresh } = readTwice(from, to);
    expect([from, second.parts === first.parts]).toEqual([from, false]);
    const said = ({ types, profiles, packages }: typeof fresh) => [
      types.map((type) => [type.name, type.profiles, type.arches]),
      profiles.map((profile) => [profile.name, profile.requires]),
      [...packages].map(([name, all]) => [name, all.map((one) => [one.phase, one.profiles, one.arches])]),
    ];
    expect([from, said(second)]).toEqual([from, said(fresh)]);
  }
});
