import { expect, test } from "vitest";
import { mirrorOf, parseDeb822, parseOneLine, readAptSources, releaseOf } from "./apt-mirror.ts";
import { testWorkspace } from "./test-workspace.ts";

const list = `# a comment
deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg] http://mirror.example/debian/ bookworm main contrib # more
deb-src http://mirror.example/debian bookworm main
#deb http://commented.example/debian bookworm main

deb http://mirror.example/debian-security bookworm-security main`;

const deb822 = `Types: deb
# a comment between the fields
URIs: http://mirror.example/debian
Suites: trixie
 trixie-updates
Components: main

Enabled: no
Types: deb
URIs: http://disabled.example/debian
Suites: sid
Components: main

Types: deb-src
URIs: http://source.example/debian
Suites: trixie
Components: main`;

test("reads the one-line form", () => {
  expect(parseOneLine(list)).toEqual([
    { uri: "http://mirror.example/debian/", suite: "bookworm", components: ["main", "contrib"] },
    { uri: "http://mirror.example/debian-security", suite: "bookworm-security", components: ["main"] },
  ]);
});

test("reads the paragraph form", () => {
  expect(parseDeb822(deb822)).toEqual([
    { uri: "http://mirror.example/debian", suite: "trixie", components: ["main"] },
    { uri: "http://mirror.example/debian", suite: "trixie-updates", components: ["main"] },
  ]);
});

test("takes the host's mirror and release from all its files, and only addresses without a password", async () => {
  await using host = await testWorkspace({
    "sources.list": "deb http://user:secret@private.example/debian trixie main\ndeb cdrom:[x]/ trixie main\n",
    "sources.list.d/a.list": list,
    "sources.list.d/b.sources": deb822,
    "sources.list.d/old.list.disabled": "deb http://old.example/debian trixie main",
  });
  const sources = await readAptSources(host.path);
  expect(mirrorOf(sources, ["trixie", "bookworm"])).toBe("http://mirror.example/debian");
  expect(releaseOf(sources, ["trixie", "bookworm"])).toBe("bookworm");
  expect(mirrorOf(sources, ["noble"])).toBe("");
  expect(JSON.stringify(sources)).not.toContain("secret");
});

test("a host without apt has none", async () => {
  expect(await readAptSources("/nonexistent")).toEqual([]);
});
