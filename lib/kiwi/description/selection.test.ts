import { describe, expect, test } from "vitest";
import { readSource } from "#lib/kiwi/language/source-document.ts";
import { plainView } from "#lib/relaxng/view.ts";
import { elementsOf, type XmlElement } from "#lib/xml/tree.ts";
import { namesOf, packageLists } from "./contents.ts";
import { type Choice, type Inactive, type Selection, select } from "./selection.ts";
import { tricky } from "./testing/tricky.test-support.ts";

const root = readSource("config.xml", tricky).root as XmlElement;

function selected(choice: Partial<Choice> = {}): Selection {
  return select({ root, view: plainView }, { profiles: [], type: null, architecture: "x86_64", ...choice });
}

/** The element whose start tag begins with this text. */
function at(start: string): XmlElement {
  const found = [...elementsOf([root])].find((element) => tricky.startsWith(start, element.start));
  if (found === undefined) throw new Error(`no ${start}`);
  return found;
}

function line(element: XmlElement | null): number | null {
  return element === null ? null : tricky.slice(0, element.start).split("\n").length;
}

test("profiles that are required come with the one that is asked for, a circle of them too", () => {
  expect(selected({ profiles: ["Disk"] }).profiles).toEqual(["Disk", "Base", "Tools"]);
  expect(selected({ profiles: ["Tools", "Live"] }).profiles).toEqual(["Tools", "Disk", "Base", "Live"]);
});

test("what is marked for import is active where nothing is asked for, without what it requires", () => {
  expect(selected().profiles).toEqual(["Live"]);
  expect(selected({ profiles: ["Base"] }).profiles).toEqual(["Base"]);
});

test("a profile that is not there for the architecture is refused, and so is one that is not there at all", () => {
  expect(selected({ profiles: ["Boards"] }).refusals).toEqual([
    { kind: "missing-profile", name: "Board", requiredBy: "Boards", declared: true },
  ]);
  expect(selected({ profiles: ["Boards"], architecture: "aarch64" }).refusals).toEqual([]);
  expect(selected({ profiles: ["Careful"] }).refusals).toEqual([]);
  expect(selected({ profiles: ["Nobody"] }).refusals).toEqual([
    { kind: "missing-profile", name: "Nobody", requiredBy: null, declared: false },
  ]);
});

test("the type is the one that is asked for, else the primary one; the first of two", () => {
  expect(line(selected().type)).toBe(line(at('<type image="tbz"')));
  expect(line(selected({ type: "oem" }).type)).toBe(line(at('<type image="oem" filesystem="ext4"')));
  expect(line(selected({ type: "vmx" }).type)).toBe(line(at('<type image="oem" filesystem="ext4"')));
  expect(selected({ type: "pxe" })).toMatchObject({
    type: null,
    typeName: "pxe",
    refusals: [{ kind: "missing-type", asked: "pxe" }],
  });
  // The blank before "Base" makes it a name of its own.
  expect(selected({ type: "pxe", profiles: ["Base"] }).type).toBeNull();
  expect(selected({ type: "pxe", profiles: ["Tools"] }).refusals).toEqual([]);
});

test("of settings the first counts, and the last of those that are written into the system", () => {
  const settings = (choice: Partial<Choice>) => {
    const selection = selected(choice);
    return ["version", "packagemanager", "locale", "timezone"].map((name) => {
      const element = selection.setting(name);
      return element === null ? null : selection.text(element);
    });
  };
  expect(settings({})).toEqual(["1.0.0", "apk", "en_US", "UTC"]);
  expect(settings({ profiles: ["Base"], architecture: "aarch64" })).toEqual(["2.0.0", "apk", "en_US", "Europe/Berlin"]);
  expect(settings({ profiles: ["Tools"] })).toEqual(["2.0.0", "apk", "en_US", "Asia/Tokyo"]);
});

test("packages come from sections for all types and for the one that is built", () => {
  const lists = packageLists(selected({ type: "oem", profiles: ["Disk"] }));
  expect(namesOf(lists.packages.bootstrap)).toEqual(["apk-tools", "filesystem"]);
  expect(namesOf(lists.packages.system)).toEqual(["base", "bash", "grub2", "strace", "zlib"]);
  expect(lists.packages.system.filter((entry) => entry.name === "bash")).toHaveLength(2);
  expect(namesOf(lists.removed.delete)).toEqual(["bash"]);
  expect(namesOf(packageLists(selected({ type: "iso" })).packages.system)).toContain("dracut-live");
});

describe("why something does not count", () => {
  test.each<[string, Partial<Choice>, Inactive | null]>([
    ['<package name="zlib"', {}, null],
    ['<package name="raspberry"', {}, { kind: "architecture", architectures: ["aarch64", "armv7l"] }],
    ['<package name="raspberry"', { architecture: "aarch64" }, null],
    // KIWI does not look at these.
    ['<product name="product"', {}, null],
    ['<file name="motd"', {}, null],
    ['<package name="strace"', {}, { kind: "profiles", profiles: ["Tools"] }],
    ['<package name="strace"', { profiles: ["Disk"] }, null],
    ['<package name="grub2"', {}, { kind: "type", type: "oem" }],
    ['<package name="grub2"', { type: "oem" }, null],
    ['<profile name="Live"', { profiles: ["Base"] }, { kind: "profiles", profiles: ["Live"] }],
    ['<type image="iso"', {}, { kind: "type", type: "iso" }],
    ['<volume name="data"', { type: "oem" }, { kind: "architecture", architectures: ["aarch64"] }],
    ['<volume name="data"', {}, { kind: "type", type: "oem" }],
    ['<repository type="rpm-md" alias="arm"', {}, { kind: "architecture", architectures: ["aarch64"] }],
    ["<description", {}, null],
  ])("%s %o", (start, choice, reason) => {
    expect(selected(choice).inactive(at(start))).toEqual(reason);
  });

  test("another one says it too", () => {
    expect(selected({}).inactive(at("<version>2"))).toEqual({ kind: "overruled", by: at("<version>1") });
    expect(selected({}).inactive(at("<locale>de"))).toEqual({ kind: "overruled", by: at("<locale>en") });
    const twin = selected({ type: "oem" }).inactive(at('<type image="oem" filesystem="xfs"'));
    expect(twin).toEqual({ kind: "overruled", by: at('<type image="oem" filesystem="ext4"') });
  });
});
