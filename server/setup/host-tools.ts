import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { runDoctor } from "#server/kiwi/index.ts";
import { writeFileAtomic } from "#server/platform/atomic-file.ts";
import type { Config } from "#server/platform/config.ts";
import { installPackages } from "./package-manager.ts";
import type { Terminal } from "./terminal.ts";

const leftOutSchema = z.array(z.string());

/**
 * Installs the programs that the common image types need. Packages that could not be had, or were not wanted, are
 * remembered, so that the next start neither tries nor asks again. Returns what is missing, in words; null = nothing.
 */
export async function setUpHostTools(config: Config, terminal: Terminal): Promise<string | null> {
  const memory = join(config.dataDir, "packages-left-out.json");
  const leftOut = await readLeftOut(memory);
  const { missingPackages } = await runDoctor(config);
  const wanted = missingPackages.filter((name) => !leftOut.includes(name));
  if (wanted.length === 0) return null;
  const { missing, problem } = await installPackages(config, terminal, wanted, "Building the common image types");
  if (missing.length > 0) await writeFileAtomic(memory, `${JSON.stringify([...leftOut, ...missing], null, 2)}\n`);
  return problem;
}

async function readLeftOut(path: string): Promise<string[]> {
  try {
    return leftOutSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return [];
  }
}
