import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Choice } from "#lib/kiwi/description/selection.ts";
import { tricky } from "#lib/kiwi/description/testing/tricky.test-support.ts";
import { createLanguage } from "./index.ts";
import { requestFor } from "./testing/marked.test-support.ts";
import { corpus } from "./testing/schema.test-support.ts";

const language = createLanguage({ schema: null, kiwiVersion: null, schemaVersion: "8.5" });
const choice: Choice = { profiles: [], type: null, architecture: "x86_64" };

const main = `<?xml version="1.0"?>
<image schemaversion="7.4" name="parts">
  <!-- the parts -->
  <include from="this://parts/disk.xml"/>
  <include from="this://parts/none.xml"/>
  <preferences><packagemanager>dnf</packagemanager></preferences><include from="this://one-line.xml"/>
</image>
`;
const files = {
  "parts/disk.xml": `<image schemaversion="7.4" name="disk">
  <preferences profiles="Disk">
    <type image="oem" filesystem="ext4" vga="1"
      btrfs_root_is_snapshot="true"><bootloader name="grub2" console="serial gfxterm"/></type>
  </preferences>
</image>
`,
  "one-line.xml": '<image><packages type="image"><package name="a" arch="aarch64"/></packages></image>',
};

function effectiveOf(upgraded: boolean, wanted: Partial<Choice> = {}) {
  const found = language.effective({
    ...requestFor(main, { files }),
    choice: { ...choice, ...wanted },
    upgraded,
  });
  if (found === null) throw new Error("no effective description");
  return found;
}

/** The text of a range. */
function textAt(text: string, { start, end }: { start: Range; end: Range }): string {
  const lines = text.split("\n").slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines
    .map((line, i) => line.slice(i === 0 ? start.column - 1 : 0, i === last ? end.column - 1 : undefined))
    .join("\n");
}
type Range = { line: number; column: number };

test("fragments stand in the place of their includes, each line with its source", () => {
  const { text, lines } = effectiveOf(false);
  expect(text.split("\n").map((line, i) => `${lines[i]?.file}:${lines[i]?.line} ${line}`)).toEqual([
    'config.xml:1 <?xml version="1.0"?>',
    'config.xml:2 <image schemaversion="7.4" name="parts">',
    "config.xml:3   <!-- the parts -->",
    "config.xml:4   <!-- parts/disk.xml -->",
    'parts/disk.xml:2   <preferences profiles="Disk">',
    'parts/disk.xml:3     <type image="oem" filesystem="ext4" vga="1"',
    'parts/disk.xml:4       btrfs_root_is_snapshot="true"><bootloader name="grub2" console="serial gfxterm"/></type>',
    "parts/disk.xml:5   </preferences>",
    'config.xml:5   <include from="this://parts/none.xml"/>',
    "config.xml:6   <preferences><packagemanager>dnf</packagemanager></preferences><!-- one-line.xml -->",
    'one-line.xml:1 <packages type="image"><package name="a" arch="aarch64"/></packages>',
    "config.xml:7 </image>",
    "config.xml:8 ",
  ]);
});

test("what KIWI's upgrade changes reads as it will be, and tells what is written", () => {
  const { text, changes } = effectiveOf(true);
  expect(text).toContain('<image schemaversion="8.5" name="parts">');
  expect(text).toContain('<type image="oem" filesystem="ext4"\n      btrfs_root_is_snapper_snapshot="true">');
  expect(text).toContain("<packagemanager>dnf4</packagemanager>");
  expect(changes.map((change) => [textAt(text, change), change.written])).toEqual([
    ['schemaversion="8.5"', 'schemaversion="7.4"'],
    ["", 'vga="1"'],
    ['btrfs_root_is_snapper_snapshot="true"', 'btrfs_root_is_snapshot="true"'],
    ['output_console="serial" input_console="gfxterm"', 'console="serial gfxterm"'],
    ["dnf4", "dnf"],
  ]);
});

describe("what does not count", () => {
  test("is named with the reason, outermost only", () => {
    const { text, inactive, type, refusals } = effectiveOf(false, { profiles: ["Disk"] });
    expect(inactive.map((one) => [textAt(text, one).split("\n")[0], one.reason])).toEqual([
      ['<preferences profiles="Disk">', "profile Disk is not selected"],
      ['<package name="a" arch="aarch64"/>', "arch aarch64"],
    ]);
    expect(type).toBeNull();
    expect(refusals).toEqual(["The profile Disk is not declared.", "No image type is there for these profiles."]);
  });

  test("of a description in which every rule decides something", () => {
    const found = language.effective({ ...requestFor(tricky), choice: { ...choice, type: "oem" }, upgraded: false });
    const shown = found?.inactive.map((one) => [textAt(found.text, one).split("\n")[0], one.reason]);
    expect(shown).toContainEqual(["<version>2.0.0</version>", "config.xml, line 18 counts instead"]);
    expect(shown).toContainEqual(['<type image="tbz" primary="true"/>', "image type tbz is not built"]);
    expect(shown).toContainEqual([
      '<preferences profiles=" Base,Tools">',
      "none of the profiles  Base, Tools is selected",
    ]);
    expect(found?.options.types).toEqual(["iso", "oem", "tbz"]);
    expect(found?.options.profiles[3]).toEqual({ name: "Live", description: "a stick", import: true });
  });
});

const real = ["almalinux/AlmaLinux-OS.kiwi", "almalinux/AlmaLinux-OS-Kitten.kiwi"].filter(
  (path) => corpus !== null && existsSync(join(corpus, path)),
);

test.skipIf(real.length === 0).each(real)("every line of %s is the line of its source", (path) => {
  const folder = join(corpus ?? "", dirname(path));
  const read = (name: string) =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : undefined;
  const name = basename(path);
  const request = { path: name, text: read(name) ?? "", read, mains: [name], choice, upgraded: false };
  const found = language.effective(request);
  expect(new Set(found?.lines.map(({ file }) => file)).size).toBeGreaterThan(10);
  for (const [i, line] of (found?.text ?? "").split("\n").entries()) {
    const source = found?.lines[i];
    const written = read(source?.file ?? "")?.split("\n")[(source?.line ?? 0) - 1];
    if (!/^\s*<!-- .*xml -->$/.test(line)) expect(line).toBe(written);
  }
});
