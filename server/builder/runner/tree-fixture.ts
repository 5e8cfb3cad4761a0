import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Files whose content is another one in each build, whoever makes it: logs, caches that hold times. */
const EACH_TIME = [
  ...["var/cache/ldconfig/aux-cache", "var/log/alternatives.log", "var/log/apt/history.log", "var/log/apt/term.log"],
  ...["var/log/dpkg.log", "var/log/bootstrap.log"],
];

const LIST = `
import hashlib, os, stat, sys
root = sys.argv[1]
for folder, folders, files in os.walk(root):
    for name in folders + files + (["."] if folder == root else []):
        path = os.path.join(folder, name)
        found = os.lstat(path)
        content = ""
        if stat.S_ISLNK(found.st_mode): content = os.readlink(path)
        elif stat.S_ISREG(found.st_mode):
            with open(path, "rb") as file: content = hashlib.sha256(file.read()).hexdigest()
        xattrs = {key: os.getxattr(path, key, follow_symlinks=False).hex() for key in sorted(os.listxattr(path, follow_symlinks=False))}
        print(os.path.relpath(path, root), oct(found.st_mode), found.st_uid, found.st_gid, found.st_rdev, content, xattrs, sep="\\t")
`;

/** Everything in the root archive that a build of type tbz has left: by path, its kind, rights, owners, content. */
export function listArchive(attemptDir: string): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "tree-"));
  try {
    const results = join(attemptDir, "results");
    const archive = readdirSync(results).find((name) => name.endsWith(".tar.xz")) ?? "";
    const unpack = [
      "--extract",
      "--same-permissions",
      "--numeric-owner",
      "--acls",
      "--xattrs",
      "--xattrs-include",
      "*",
    ];
    execFileSync("tar", [...unpack, "--directory", folder, "--file", join(results, archive)]);
    const lines = execFileSync("python3", ["-c", LIST, folder], { encoding: "utf8", maxBuffer: 2 ** 30 });
    return new Map(
      lines
        .trimEnd()
        .split("\n")
        .map((line) => line.split("\t") as [string, string])
        .map(([path, ...facts]) => [
          path,
          facts.filter((_, index) => index !== 4 || !EACH_TIME.includes(path)).join(" "),
        ]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What is different in two trees, in words; none where they are the same. */
export function differences(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((path) => one.get(path) !== other.get(path))
    .map((path) => `${path}: ${one.get(path) ?? "not there"} / ${other.get(path) ?? "not there"}`);
}
