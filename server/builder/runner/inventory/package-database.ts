import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { parseDpkgStatus } from "#lib/builds/inventory/dpkg.ts";
import type { PackageRecord } from "#lib/builds/inventory/package-records.ts";
import { parsePacmanPackage } from "#lib/builds/inventory/pacman.ts";
import { parseRpmQuery, RPM_QUERY } from "#lib/builds/inventory/rpm.ts";

/**
 * The packages of a root tree, from its own package database, without running anything of the tree. Null where there is
 * none that can be read: rpm's needs the host's own `rpm`.
 */
export async function readPackageDatabase(root: string): Promise<PackageRecord[] | null> {
  return (await readDpkg(root)) ?? (await readPacman(root)) ?? (await readRpm(root));
}

async function readDpkg(root: string): Promise<PackageRecord[] | null> {
  const folder = join(root, "var/lib/dpkg");
  const status = await readFile(join(folder, "status"), "utf8").catch(() => null);
  if (status === null) return null;
  const records = parseDpkgStatus(status);
  for (const record of records) {
    // Packages that can be installed for several architectures have it in the name of the list.
    const lists = [`${record.name}.list`, `${record.name}:${record.architecture}.list`];
    for (const list of lists) {
      const text = await readFile(join(folder, "info", list), "utf8").catch(() => null);
      if (text === null) continue;
      record.files = text.split("\n").filter(Boolean);
      break;
    }
  }
  return records;
}

async function readPacman(root: string): Promise<PackageRecord[] | null> {
  const folder = join(root, "var/lib/pacman/local");
  const names = await readdir(folder).catch(() => []);
  const records = await Promise.all(
    names.map(async (name) => {
      const read = (file: string) => readFile(join(folder, name, file), "utf8").catch(() => "");
      return parsePacmanPackage(await read("desc"), await read("files"));
    }),
  );
  const found = records.filter((record) => record !== null);
  return found.length === 0 ? null : found;
}

async function readRpm(root: string): Promise<PackageRecord[] | null> {
  const places = ["usr/lib/sysimage/rpm", "var/lib/rpm"];
  const databases = await Promise.all(places.map((place) => readdir(join(root, place)).catch(() => [])));
  if (databases.every((files) => files.length === 0)) return null;
  const query = ["--root", root, "--query", "--all", "--queryformat", RPM_QUERY];
  const answer = await promisify(execFile)("rpm", query, { maxBuffer: 256 * 1024 * 1024 }).catch(() => null);
  return answer === null ? null : parseRpmQuery(answer.stdout);
}
