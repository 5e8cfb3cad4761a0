import { expect, test } from "vitest";
import { parseDpkgStatus } from "./dpkg.ts";
import { withRequirements } from "./package-records.ts";
import { parsePacmanPackage } from "./pacman.ts";
import { parseRpmQuery } from "./rpm.ts";

test("dpkg: alternatives, virtual packages, long fields; what is removed does not count", () => {
  const status = `Package: mailer
Status: install ok installed
Installed-Size: 12
Architecture: amd64
Version: 1:2-3
Depends: exim4 | mail-transport-agent, libc6 (>= 2.3),
 libx:any
Pre-Depends: dpkg

Package: postfix
Status: install ok installed
Provides: mail-transport-agent (= 1)

Package: libc6
Status: hold ok installed

Package: exim4
Status: deinstall ok config-files
`;
  const records = parseDpkgStatus(status);
  expect(records[0]).toMatchObject({
    name: "mailer",
    version: "1:2-3",
    architecture: "amd64",
    bytes: 12 * 1024,
    needs: [["dpkg"], ["exim4", "mail-transport-agent"], ["libc6"], ["libx"]],
  });
  expect(withRequirements(records)).toMatchObject([
    { name: "mailer", requires: ["postfix", "libc6"] },
    { name: "postfix", requires: [] },
    { name: "libc6" },
  ]);
});

test("pacman: names without versions, files without folders", () => {
  const desc =
    "%NAME%\ncurl\n\n%VERSION%\n8.1-1\n\n%ARCH%\nx86_64\n\n%SIZE%\n1234\n\n%DEPENDS%\nglibc>=2\nlibssl.so=3-64\n";
  expect(parsePacmanPackage(desc, "%FILES%\nusr/\nusr/bin/\nusr/bin/curl\n\n%BACKUP%\netc/x\tabc\n")).toEqual({
    name: "curl",
    version: "8.1-1",
    architecture: "x86_64",
    bytes: 1234,
    needs: [["glibc"], ["libssl.so"]],
    provides: [],
    files: ["/usr/bin/curl"],
  });
  expect(parsePacmanPackage("", "")).toBe(null);
});

test("rpm: capabilities and files lead to packages", () => {
  const answer = [
    "P\tbash\t5.2-1\tx86_64\t900",
    "R\tlibc.so.6()(64bit)",
    "R\trpmlib(CompressedFileNames)",
    "V\tbash",
    "F\t/bin/sh",
    "P\tglibc\t2.3-1\tx86_64\t2000",
    "R\t/bin/sh",
    "V\tlibc.so.6()(64bit)",
    "P\tgpg-pubkey\t1\t(none)\t0",
  ].join("\n");
  expect(withRequirements(parseRpmQuery(answer))).toEqual([
    { name: "bash", version: "5.2-1", architecture: "x86_64", bytes: 900, requires: ["glibc"] },
    { name: "glibc", version: "2.3-1", architecture: "x86_64", bytes: 2000, requires: ["bash"] },
  ]);
});
