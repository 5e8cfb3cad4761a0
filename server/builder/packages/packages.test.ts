import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PackageRepository } from "#lib/contracts/packages.ts";
import { PackageDesk } from "./package-desk.ts";

/** Repositories of our own at a real server, read by the real thread. */

const stanzas = `Package: vim
Version: 2:9.0
Architecture: amd64
Installed-Size: 3700
Size: 1500
Provides: editor
Filename: vim.deb
Description: Vi IMproved

Package: nano
Version: 7.2
Architecture: all
Description: small editor

`;
const primary = `<?xml version="1.0"?><metadata packages="2"><package type="rpm"><name>zsh</name><arch>x86_64</arch>
<version epoch="0" ver="5.9" rel="1"/><summary>shell</summary><size package="9" installed="99" archive="1"/></package>
<package type="rpm"><name>other</name><arch>s390x</arch><version epoch="0" ver="1" rel="1"/></package></metadata>`;

const sha256 = (data: Uint8Array) => createHash("sha256").update(data).digest("hex");

let server: Server;
let base: string;
let folder: string;
let desk: PackageDesk;
let files: Map<string, Buffer>;
let asked: string[];

beforeEach(async () => {
  files = new Map();
  asked = [];
  server = createServer(({ url = "" }, response) => {
    asked.push(url);
    const file = files.get(url);
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  folder = await mkdtemp(join(tmpdir(), "package-lists-"));
  desk = new PackageDesk({ folder, limit: 2 ** 20, architecture: "x86_64", proxy: {} });
});

afterEach(async () => {
  await desk.close();
  server.close();
  await rm(folder, { recursive: true });
});

function offerDebian(list = gzipSync(stanzas), said = list): PackageRepository {
  const line = ` ${sha256(said)} ${said.length} main/binary-amd64/Packages.gz`;
  files.set("/debian/dists/stable/InRelease", Buffer.from(`Acquire-By-Hash: yes\nSHA256:\n${line}\n`));
  files.set("/debian/dists/stable/main/binary-amd64/Packages.gz", list);
  return { source: `${base}/debian/`, type: "apt-deb", distribution: "stable", components: [] };
}

function offerRpm(): PackageRepository {
  const list = zstdCompressSync(primary);
  const data = `<data type="primary"><checksum type="sha256">${sha256(list)}</checksum><location href="repodata/p.xml.zst"/></data>`;
  files.set("/rpm/repodata/repomd.xml", Buffer.from(`<repomd>${data}</repomd>`));
  files.set("/rpm/repodata/p.xml.zst", list);
  return { source: `${base}/rpm`, type: "rpm-md", distribution: null, components: [] };
}

const lookUp = (repositories: PackageRepository[], ...names: string[]) =>
  desk.ask({ kind: "look-up", repositories, names });

describe("what repositories offer", () => {
  test("is looked up in all of them", async () => {
    const known = await lookUp([offerDebian(), offerRpm()], "vim", "editor", "zsh", "nan", "other", "zsh = 5", "*");
    expect(known.repositories.map(({ packages, problem }) => [packages, problem])).toEqual([
      [2, null],
      [1, null],
    ]);
    expect(Object.keys(known.offered)).toEqual(["vim", "zsh"]);
    expect(known.offered["vim"]).toEqual({
      name: "vim",
      version: "2:9.0",
      installedSize: 3700 * 1024,
      downloadSize: 1500,
      summary: "Vi IMproved",
    });
    // What an architecture does not have is not there, and of what is no plain name nobody knows.
    expect(known.unknown).toEqual({ nan: ["nano"], other: [] });
  });

  test("is found by its beginning", async () => {
    const found = await desk.ask({ kind: "search", repositories: [offerDebian()], text: "n", limit: 10 });
    expect(found.map(({ name }) => name)).toEqual(["nano"]);
  });

  test("is fetched once, and never taken for what it is not", async () => {
    const repository = offerDebian();
    await lookUp([repository], "vim");
    await lookUp([repository], "nano");
    expect(asked.filter((url) => url.endsWith("InRelease"))).toHaveLength(1);
    expect(await readdir(folder)).toEqual([sha256(gzipSync(stanzas))]);

    await desk.close();
    desk = new PackageDesk({ folder, limit: 2 ** 20, architecture: "x86_64", proxy: {} });
    const before = asked.length;
    await lookUp([repository], "vim");
    expect(asked.slice(before)).toEqual(["/debian/dists/stable/InRelease"]);
  });

  test.each<[why: string, offer: () => PackageRepository, problem: RegExp]>([
    ["is another list", () => offerDebian(gzipSync("x"), gzipSync(stanzas)), /not what the repository's index says/],
    ["is longer", () => offerDebian(Buffer.concat([gzipSync(stanzas), Buffer.alloc(9)]), gzipSync(stanzas)), /larger/],
    ["is no archive", () => offerDebian(Buffer.from("no archive")), /cannot be read/],
    ["is cut off", () => offerDebian(gzipSync(stanzas.repeat(99)).subarray(0, 100)), /cannot be read/],
    [
      "is not there",
      () => ({ source: `${base}/none`, type: "apt-deb", distribution: "a", components: [] }),
      /answered with 404/,
    ],
    [
      "is on another machine",
      () => ({ source: "dir:///srv", type: "rpm-md", distribution: null, components: [] }),
      /plain http/,
    ],
    ["is of another kind", () => ({ ...offerRpm(), type: null }), /not read/],
  ])("is said to be unreadable where it %s, and then nothing is unknown", async (_, offer, problem) => {
    const known = await lookUp([offerRpm(), offer()], "zsh", "nothing");
    expect(known.repositories[1]?.problem).toMatch(problem);
    expect(known.offered["zsh"]).toBeDefined();
    expect(known.unknown).toEqual({});
    expect((await readdir(folder)).filter((name) => name.endsWith(".incoming"))).toEqual([]);
  });
});

describe.skipIf(!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0)("what apt would install", () => {
  const more = gzipSync(`${stanzas}${["base", "vim-common", "vim-doc", "big"].map(stanza).join("\n")}`);

  function stanza(name: string): string {
    const essential = name === "base" ? "Essential: yes\n" : "";
    const needs = name === "big" ? "Depends: vim-common (>= 1), missing | vim\nRecommends: vim-doc\n" : "";
    const file = `Filename: ./${name}.deb\nSize: 1\nSHA256: ${"0".repeat(64)}\n`;
    return `Package: ${name}\nVersion: 1\nArchitecture: amd64\n${essential}${needs}Installed-Size: 10\n${file}Description: d\n`;
  }

  const estimate = async (repository: PackageRepository, names: string[], recommended = false) => {
    const found = await desk.ask({ kind: "estimate", repositories: [repository], names, recommended });
    return "packages" in found ? { ...found, packages: found.packages.map(({ name }) => name).sort() } : found;
  };

  test("is told with all that is needed, and without what nobody has", async () => {
    const repository = offerDebian(more);
    const needed = ["base", "big", "vim", "vim-common"];
    // Both at once, as the editor asks.
    const [plain, recommended] = await Promise.all([
      estimate(repository, ["big", "nothing"]),
      estimate(repository, ["big"], true),
    ]);
    expect(plain).toEqual({ packages: needed, unknown: ["nothing"] });
    expect(recommended).toMatchObject({ packages: [...needed, "vim-doc"].sort() });
    expect((await readdir(folder)).filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual([
      expect.stringMatching(/^apt-[0-9a-f]{32}$/),
    ]);
  });

  test("is told by names alone: what looks like an option is none", async () => {
    const option = "-oAPT::Architecture=nothing";
    expect(await estimate(offerDebian(more), [option])).toEqual({
      problem: "apt says: Unable to locate package -oAPT::Architecture",
    });
  });

  test("is not told where apt sees no way", async () => {
    const list = gzipSync(
      `${gunzipSync(more).toString()}\n${stanza("broken").replace("Installed", "Depends: nowhere\nInstalled")}`,
    );
    expect(await estimate(offerDebian(list), ["broken"])).toEqual({ problem: expect.stringMatching(/^apt says: /) });
    expect(await estimate(offerRpm(), ["zsh"])).toEqual({ problem: "Only what apt installs is estimated." });
  });
});
