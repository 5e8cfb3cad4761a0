import { describe, expect, test } from "vitest";
import { packageChanges, parsePackages } from "./package-list.ts";

test("Debian's list has full versions and architectures", () => {
  const list = parsePackages(
    "zlib1g|None|1:1.2.13.dfsg-1|None|amd64|None|None\nbash|None|5.2.15-2+b7|None|amd64|None|None\n",
  );
  expect(list).toEqual({
    format: "deb",
    packages: [
      { name: "bash", version: "5.2.15-2+b7", architecture: "amd64", licence: null },
      { name: "zlib1g", version: "1:1.2.13.dfsg-1", architecture: "amd64", licence: null },
    ],
  });
});

test("rpm's list has epochs, releases, licences with bars, and keys that are no packages", () => {
  const list = parsePackages(
    [
      "bind-libs|32|9.18.28|1.fc40|x86_64|(none)|MPL-2.0 AND ISC",
      "odd|(none)|1|2|noarch|(none)|MIT|BSD",
      "gpg-pubkey|(none)|a15b79cc|63d04c2c|(none)|(none)|pubkey",
      "zero|0|1.0|1|noarch|obs://x|MIT",
    ].join("\n"),
  );
  expect(list.format).toBe("rpm");
  expect(list.packages).toEqual([
    { name: "bind-libs", version: "32:9.18.28-1.fc40", architecture: "x86_64", licence: "MPL-2.0 AND ISC" },
    { name: "odd", version: "1-2", architecture: "noarch", licence: "MIT|BSD" },
    { name: "zero", version: "1.0-1", architecture: "noarch", licence: "MIT" },
  ]);
});

test("Arch's list has names and versions only; other lines are passed over", () => {
  expect(parsePackages("\nnot a package\nbash|None|5.2.026-2|None|None|None|None\n")).toEqual({
    format: "alpm",
    packages: [{ name: "bash", version: "5.2.026-2", architecture: null, licence: null }],
  });
});

describe("changes", () => {
  const one = (name: string, version: string, architecture = "x86_64") => ({
    name,
    version,
    architecture,
    licence: null,
  });

  test("what came, went and was updated, by name and architecture", () => {
    const before = [one("bash", "1"), one("gone", "1"), one("libc", "1", "i686"), one("libc", "1")];
    const after = [one("bash", "2"), one("come", "1"), one("libc", "2", "i686"), one("libc", "1")];
    expect(packageChanges(before, after)).toEqual([
      { name: "bash", architecture: "x86_64", before: "1", after: "2" },
      { name: "come", architecture: "x86_64", before: null, after: "1" },
      { name: "gone", architecture: "x86_64", before: "1", after: null },
      { name: "libc", architecture: "i686", before: "1", after: "2" },
    ]);
  });

  test("of a package in several versions only those that differ count", () => {
    const before = [one("kernel", "5"), one("kernel", "6")];
    const after = [one("kernel", "6"), one("kernel", "7"), one("kernel", "8")];
    expect(packageChanges(before, after)).toEqual([
      { name: "kernel", architecture: "x86_64", before: "5", after: "7" },
      { name: "kernel", architecture: "x86_64", before: null, after: "8" },
    ]);
  });
});
