import { describe, expect, test } from "vitest";
import { debianArchitecture, readRelease, readStanza } from "./apt.ts";
import { Catalogue, isPlainName, nearNames } from "./catalogue.ts";
import { records } from "./records.ts";
import { readPackage, readRepomd } from "./rpm.ts";

async function* inPieces(text: string, length: number) {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}

async function cut(text: string, length: number, mark = "\n\n") {
  const found: string[] = [];
  for await (const record of records(inPieces(text, length), mark)) found.push(record);
  return found;
}

describe("records", () => {
  test.each([1, 2, 3, 100])("are the same wherever the stream is cut (%i)", async (length) => {
    expect(await cut("a: 1\nb: 2\n\nc: 3\n\nd: 4\n", length)).toEqual(["a: 1\nb: 2", "c: 3", "d: 4\n"]);
  });

  test("end with an error where none ends", async () => {
    const endless = records(inPieces("x".repeat(100), 10), "\n\n", 50);
    await expect(async () => {
      for await (const _ of endless);
    }).rejects.toThrow("without end");
  });
});

describe("lists of Debian's kind", () => {
  test("name files by checksum, and only those of SHA256 count", () => {
    const sum = "a".repeat(64);
    const release = `-----BEGIN PGP SIGNED MESSAGE-----

Origin: Debian
Acquire-By-Hash: yes
MD5Sum:
 0123 12 main/binary-amd64/Packages
SHA256:
 ${sum}       12 main/binary-amd64/Packages.xz
 ${"b".repeat(64)} 9 main/binary-all/Packages
Other: x
 ${sum} 1 not/one
-----BEGIN PGP SIGNATURE-----`;
    const { files, byHash } = readRelease(release);
    expect([...files.keys()]).toEqual(["main/binary-amd64/Packages.xz", "main/binary-all/Packages"]);
    expect(files.get("main/binary-amd64/Packages.xz")).toEqual({ sha256: sum, size: 12 });
    expect(byHash).toBe(true);
  });

  test("hold packages with sizes in bytes and what they provide", () => {
    const stanza = `Package: exim4-daemon-light
Source: exim4
Version: 4.96-15
Architecture: amd64
Installed-Size: 1500
Provides: mail-transport-agent, exim4-localscanapi (= 6.0)
Description: lightweight daemon
Size: 618000`;
    expect(readStanza(stanza)).toEqual({
      name: "exim4-daemon-light",
      version: "4.96-15",
      architecture: "amd64",
      installedSize: 1_536_000,
      downloadSize: 618_000,
      summary: "lightweight daemon",
      provides: ["mail-transport-agent", "exim4-localscanapi"],
    });
    expect(readStanza("Version: 1")).toBeNull();
  });

  test("call architectures by names of their own", () => {
    expect(debianArchitecture("x86_64")).toBe("amd64");
    expect(debianArchitecture("s390x")).toBe("s390x");
  });
});

describe("lists of rpm's kind", () => {
  test("are found by repomd.xml", () => {
    const text = `<repomd><data type="filelists"><location href="repodata/f.xml.gz"/></data><data type="primary">
      <checksum type="sha256">${"c".repeat(64)}</checksum><location href="repodata/x-primary.xml.zst"/><size>77</size>
      </data></repomd>`;
    expect(readRepomd(text)).toEqual({ path: "repodata/x-primary.xml.zst", sha256: "c".repeat(64), size: 77 });
    expect(readRepomd("<repomd/>")).toBeNull();
  });

  test("hold packages; those of sources are none", () => {
    const record = `<package type="rpm"><name>libstdc++</name><arch>x86_64</arch>
      <version epoch="0" ver="13.2.1" rel="7.fc40"/><summary>GNU &lt;C++&gt; library</summary>
      <size package="900" installed="2800" archive="2810"/>
      <format><rpm:provides><rpm:entry name="libstdc++.so.6()(64bit)"/><rpm:entry flags="EQ" name="libstdc++"/>
      </rpm:provides><rpm:requires><rpm:entry name="glibc"/></rpm:requires></format>`;
    expect(readPackage(record)).toEqual({
      name: "libstdc++",
      architecture: "x86_64",
      version: "13.2.1-7.fc40",
      installedSize: 2800,
      downloadSize: 900,
      summary: "GNU <C++> library",
      provides: ["libstdc++.so.6()(64bit)", "libstdc++"],
    });
    expect(readPackage(record.replace("x86_64", "src"))).toBeNull();
  });
});

describe("a catalogue", () => {
  const catalogue = new Catalogue();
  const offer = (name: string, ...provides: string[]) =>
    catalogue.add({
      ...{ name, provides, version: "1", architecture: "all" },
      ...{ installedSize: null, downloadSize: null, summary: "" },
    });
  for (const name of ["vim", "vim-tiny", "neovim", "linux-image-amd64", "linux-image-cloud-amd64", "openssh-server"])
    offer(name);
  offer("exim4", "mail-transport-agent");

  test("knows what is provided under another name", () => {
    expect(["vim", "mail-transport-agent", "vi"].map((name) => catalogue.has(name))).toEqual([true, true, false]);
  });

  test("finds beginnings first", () => {
    expect(catalogue.search("vim", 10)).toEqual(["vim", "vim-tiny", "neovim"]);
    expect(catalogue.search("VIM", 2)).toEqual(["vim", "vim-tiny"]);
  });

  test("knows what may be meant", () => {
    expect(nearNames("opennssh-server", [catalogue])).toEqual(["openssh-server"]);
    expect(nearNames("linux-image", [catalogue])).toEqual(["linux-image-amd64", "linux-image-cloud-amd64"]);
    expect(nearNames("ivm", [catalogue])).toEqual(["vim"]);
    expect(nearNames("something", [catalogue])).toEqual([]);
  });

  test("is asked for plain names only", () => {
    expect(["libstdc++6", "python3.11", "gcc_x"].every(isPlainName)).toBe(true);
    expect(["a*", "/usr/bin/x", "vim=2", "?essential", "vim:i386", "a (b)", ""].some(isPlainName)).toBe(false);
  });
});
