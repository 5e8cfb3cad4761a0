import { describe, expect, test } from "vitest";
import type { Location } from "./contract.ts";
import { createLanguage } from "./index.ts";
import { atMark } from "./testing/marked.test-support.ts";

const language = createLanguage({ schema: null, kiwiVersion: null, schemaVersion: null });

const main = `<image schemaversion="8.5" name="demo">
  <include from="this://parts/more.xml"/>
  <profiles>
    <profile name="Live" description="d"><requires profile="Disk"/></profile>
    <profile name="Disk" description="d"/>
  </profiles>
  <preferences profiles="Disk, Live"><type image="oem" editbootconfig="boot.sh"/></preferences>
  <repository alias="main"><source path="obs://A:B/C"/></repository>
</image>
`;
const fragment = `<image>
  <packages type="image" profiles="Live"><archive name="more.tar.gz"/><package name="vim"/><package name="vim"/></packages>
  <repository alias="main" profiles="Live"><source path="https://example.com/x"/></repository>
</image>
`;
const script = "if [[ $kiwi_profiles =~ Live ]]; then zypper removerepo main; fi # Lively\n";
const files = { "config.xml": main, "parts/more.xml": fragment, "config.sh": script, "boot.sh": "" };
const entries = [
  "Disk/",
  "boot.sh",
  "config.sh",
  "config.xml",
  "more.tar.gz",
  "parts/",
  "parts/more.xml",
  "root/",
  "root/etc/",
];

/** A question at the first place of `word` in a file, `skip` characters into it. */
function at(path: keyof typeof files, word: string, skip = 1) {
  const text = files[path];
  const offset = text.indexOf(word) + skip;
  return { ...atMark(`${text.slice(0, offset)}‸${text.slice(offset)}`, files), path, entries };
}

/** Places as the file, the line and the text there. */
const shown = (places: readonly Location[] | undefined | null) =>
  places?.map(({ path, start, end }) => {
    const text = files[path as keyof typeof files] ?? "";
    return `${path}:${text.slice(0, start).split("\n").length} ${text.slice(start, end)}`.trim();
  });

describe("references", () => {
  const live = [
    "config.xml:4 Live",
    "config.xml:7 Live",
    "parts/more.xml:2 Live",
    "parts/more.xml:3 Live",
    "config.sh:1 Live",
  ];
  test("of a profile, in all files and scripts", () => {
    expect(shown(language.references(at("config.xml", "Live")))).toEqual(live);
    expect(shown(language.references(at("parts/more.xml", "Live")))?.sort()).toEqual([...live].sort());
    expect(shown(language.references(at("config.xml", "Disk", 4)))).toEqual([
      "config.xml:4 Disk",
      "config.xml:5 Disk",
      "config.xml:7 Disk",
    ]);
  });
  test("of a repository", () => {
    expect(shown(language.references(at("config.xml", "main")))).toEqual([
      "config.xml:8 main",
      "parts/more.xml:3 main",
      "config.sh:1 main",
    ]);
  });
  test("of nothing else", () => {
    expect(language.references(at("config.xml", "preferences"))).toBeNull();
  });
});

describe("rename", () => {
  test("changes every mention and tells what it leaves alone", () => {
    const request = at("config.xml", "Disk");
    expect(language.renamable(request)).toMatchObject({ name: "Disk" });
    const result = language.rename(request, "Hard.Disk");
    expect(result).toHaveProperty("edits.length", 3);
    expect(result).toHaveProperty("notes", [
      "The folder Disk/ is the overlay of this profile: rename it to Hard.Disk/ as well.",
    ]);
    expect(language.rename(at("parts/more.xml", "Live"), "DVD")).toHaveProperty("notes", [
      'Scripts are not changed; "Live" stands in config.sh.',
    ]);
  });
  test("puts the new name in the place of the old one, blanks in lists left alone", () => {
    const result = language.rename(at("config.xml", "Live"), "DVD");
    if ("refusal" in result) throw new Error(result.refusal);
    const own = result.edits.filter(({ path }) => path === "config.xml").sort((a, b) => b.start - a.start);
    const changed = own.reduce((text, { start, end, text: by }) => text.slice(0, start) + by + text.slice(end), main);
    expect(changed).toBe(main.replaceAll("Live", "DVD"));
  });
  test.each([
    ["a name that is taken", "Live", 'There is a profile "Live" already.'],
    ["a comma", "a,b", "A profile's name holds only letters, digits and . _ + -"],
    ["a dash in front", "-x", "A profile's name holds only letters, digits and . _ + -"],
    ["nothing", "", "A profile's name holds only letters, digits and . _ + -"],
  ])("refuses %s", (_, newName, refusal) => {
    expect(language.rename(at("config.xml", "Disk"), newName)).toEqual({ refusal });
  });
  test("refuses what has no name of the author's", () => {
    expect(language.renamable(at("config.xml", "oem"))).toBeNull();
    expect(language.rename(at("config.xml", "oem"), "x")).toHaveProperty("refusal");
  });
});

describe("definition", () => {
  test.each([
    ["an include", "config.xml", "this://parts", ["parts/more.xml:1"]],
    ["a script", "config.xml", "boot.sh", ["boot.sh:1"]],
    ["an archive", "parts/more.xml", "more.tar.gz", ["more.tar.gz:1"]],
    ["a profile in a list", "parts/more.xml", "Live", ["config.xml:4 Live"]],
    ["a required profile", "config.xml", 'Disk"/>', ["config.xml:5 Disk"]],
    ["the image itself", "config.xml", "image", ["config.sh:1", "root/:1"]],
  ] as const)("of %s", (_, path, word, targets) => {
    expect(shown(language.definition(at(path, word))?.targets)).toEqual(targets);
  });
  test("of a declaration is its overlay", () => {
    expect(shown(language.definition(at("config.xml", 'Disk" description'))?.targets)).toEqual([
      "Disk/:1",
      "config.xml:5 Disk",
    ]);
  });
  test("of what is not there is none", () => {
    expect(language.definition({ ...at("config.xml", "boot.sh"), entries: [] })).toBeNull();
    expect(language.definition(at("config.xml", "oem"))).toBeNull();
  });
});

test("links lead to files of the folder and to pages about repositories", () => {
  const linked = (path: keyof typeof files) =>
    language.links(at(path, "image")).map((link) => ("path" in link ? { path: link.path } : { url: link.url }));
  expect(linked("config.xml")).toEqual([
    { path: "parts/more.xml" },
    { path: "boot.sh" },
    { url: "https://build.opensuse.org/project/show/A:B" },
  ]);
  expect(linked("parts/more.xml")).toEqual([{ path: "more.tar.gz" }, { url: "https://example.com/x" }]);
});

test("lenses say what belongs to an image, what a list holds and who uses a profile", () => {
  const lensesOf = (path: keyof typeof files) => language.lenses(at(path, "image"));
  expect(lensesOf("config.xml")).toEqual([
    { kind: "image", start: 0, paths: ["config.sh", "root/"] },
    { kind: "profile", start: main.indexOf('<profile name="Live'), name: main.indexOf("Live"), uses: 3 },
    { kind: "profile", start: main.indexOf('<profile name="Disk'), name: main.indexOf('Disk" description'), uses: 2 },
    { kind: "type", start: main.indexOf("<type"), image: "oem", profiles: ["Disk", " Live"] },
  ]);
  expect(lensesOf("parts/more.xml")).toEqual([
    {
      kind: "packages",
      start: fragment.indexOf("<packages"),
      counts: { archive: 1, package: 2 },
      repeated: [fragment.lastIndexOf("<package ")],
    },
  ]);
});
