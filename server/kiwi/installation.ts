import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { KiwiInstallation } from "#lib/contracts/builder.ts";
import type { Config } from "#server/platform/config.ts";
import { findProgram, isExecutable } from "./programs.ts";
import { locatePackage } from "./python-package.ts";
import { describe, run } from "./run.ts";
import { compareVersions, type KiwiVersion, OLDEST_VERSION, parseVersion } from "./version.ts";

/** Why there is no KIWI that we can use, in words that name the remedy. */
export type KiwiMissing = { problem: string };

/**
 * The KIWI that builds are made with: the one that the configuration names (and then no other), else a `kiwi-ng` of
 * version 9.24 or newer on the search path, else the newest of our own virtual environments in `<data>/kiwi`.
 */
export async function findKiwi(
  config: Pick<Config, "kiwiCommand" | "paths" | "searchPath">,
): Promise<KiwiInstallation | KiwiMissing> {
  if (config.kiwiCommand !== undefined) return probe(config.kiwiCommand);
  const onPath = await findProgram("kiwi-ng", config.searchPath);
  const problems: string[] = [];
  for (const command of [...(onPath === null ? [] : [onPath]), ...(await ownCommands(config.paths.kiwi))]) {
    const found = await probe(command);
    if (!("problem" in found)) return found;
    problems.push(found.problem);
  }
  return {
    problem: problems[0] ?? "No kiwi-ng was found. Install KIWI, or run npm start once more to have it set up.",
  };
}

/** Examines one `kiwi-ng` program. */
export async function probe(command: string): Promise<KiwiInstallation | KiwiMissing> {
  if (!(await isExecutable(command))) return { problem: `${command} is not a program that can be run.` };
  try {
    const version = await probeVersion(command);
    if (version === null) return { problem: `${command} does not say which version of KIWI it is.` };
    if (compareVersions(version, OLDEST_VERSION) < 0)
      return { problem: `${command} is KIWI ${version.join(".")}; version 9.24 or newer is needed.` };
    const located = await locatePackage(command);
    const { schemaPath } = located;
    const schema = await readFile(schemaPath);
    const schemaVersion = readSchemaVersion(schema.toString("utf8"));
    if (schemaVersion === null) return { problem: `${schemaPath} does not say which schema version it is.` };
    const schemaSha256 = createHash("sha256").update(schema).digest("hex");
    return { command, version: version.join("."), schemaVersion, schemaSha256, ...located };
  } catch (error) {
    return { problem: `${command} cannot be used: ${describe(error)}` };
  }
}

/** The fixed value that the schema asks of the `schemaversion` attribute; null where it asks for none. */
export function readSchemaVersion(rng: string): string | null {
  const attribute = /<attribute\s+name="schemaversion"\s*>([\s\S]*?)<\/attribute>/.exec(rng)?.[1];
  return /<value(?:\s[^>]*)?>\s*([\d.]+)\s*<\/value>/.exec(attribute ?? "")?.[1] ?? null;
}

async function probeVersion(command: string): Promise<KiwiVersion | null> {
  return parseVersion(await run(command, ["--version"]));
}

/** Our own virtual environments, `<data>/kiwi/<version>`, the newest first. */
async function ownCommands(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const versioned = names.map((name) => ({ name, version: parseVersion(name) ?? ([0, 0, 0] as const) }));
  versioned.sort((a, b) => compareVersions(b.version, a.version));
  const commands = versioned.map(({ name }) => join(folder, name, "bin", "kiwi-ng"));
  const executable = await Promise.all(commands.map(isExecutable));
  return commands.filter((_, index) => executable[index]);
}
