import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { KiwiInstallation } from "#lib/contracts/builder.ts";
import { findProgram } from "#server/kiwi/index.ts";
import type { Config } from "#server/platform/config.ts";
import { CommandError, runCommand } from "./command.ts";
import { installPackages } from "./package-manager.ts";
import type { Terminal } from "./terminal.ts";

/** The last KIWI 9, whose schema and stylesheets our validation is compared with besides those of the newest. */
const OLD_KIWI = "9.24.56";

/**
 * Brings the modules of an old KIWI, without what it needs to run, into the cache; returns its schema, or null where it
 * could not be had: then the tests that compare with it are skipped.
 */
export async function setUpOldKiwi(config: Config, kiwi: KiwiInstallation, terminal: Terminal): Promise<string | null> {
  const folder = join(config.dataDir, `kiwi-${OLD_KIWI}`);
  const schema = join(folder, "kiwi/schema/kiwi.rng");
  if (existsSync(schema)) return schema;
  const incoming = `${folder}.incoming`;
  const pythons = [join(dirname(kiwi.command), "python"), await findProgram("python3", config.searchPath)];
  const python = pythons.find((path) => path !== null && existsSync(path)) ?? "python3";
  const pip = [python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"];
  return terminal.step(`Fetching the schema of KIWI ${OLD_KIWI}`, async (step) => {
    try {
      await rm(incoming, { recursive: true, force: true });
      const command = [...pip, "--no-deps", "--target", incoming, `kiwi==${OLD_KIWI}`];
      await runCommand(command, { onLine: (line) => step.progress(line) });
      // A folder that is there is complete.
      await rename(incoming, folder);
      return existsSync(schema) ? schema : null;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      step.outcome("not possible now, comparisons with it are skipped");
      await rm(incoming, { recursive: true, force: true });
      return null;
    }
  });
}

/** Brings the validator jing, beside which our messages are measured; returns why it is not there, null = it is. */
export async function setUpJing(config: Config, terminal: Terminal): Promise<string | null> {
  if ((await findProgram("jing", config.searchPath)) !== null) return null;
  const { problem } = await installPackages(config, terminal, ["jing"], "Comparing our messages with jing's");
  return problem === null ? null : `Comparisons with jing are skipped. ${problem}`;
}

/** Brings the program for test drives; returns why it is not there, null = it is. */
export async function setUpMachines(config: Config, terminal: Terminal): Promise<string | null> {
  if ((await findProgram("qemu-system-x86_64", config.searchPath)) !== null) return null;
  const { problem } = await installPackages(config, terminal, ["qemu-system-x86"], "Test drives of images");
  return problem === null ? null : `Tests of test drives are skipped. ${problem}`;
}

/** Brings ShellCheck, which the editor asks about scripts where it is there; returns why it is not, null = it is. */
export async function setUpShellCheck(config: Config, terminal: Terminal): Promise<string | null> {
  if ((await findProgram("shellcheck", config.searchPath)) !== null) return null;
  const { problem } = await installPackages(config, terminal, ["shellcheck"], "Checking scripts in the editor");
  return problem === null ? null : `Tests with ShellCheck are skipped. ${problem}`;
}
