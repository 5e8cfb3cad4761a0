import { findProgram, installCommand, readDistribution } from "#server/kiwi/index.ts";
import type { Config } from "#server/platform/config.ts";
import { CommandError, type CommandOptions, runCommand } from "./command.ts";
import type { Terminal } from "./terminal.ts";

/** What became of a wish to install packages. */
export type Installation = {
  /** Packages that are not there afterwards. */
  missing: string[];
  /** Why, in words that name the remedy; null where nothing is missing. */
  problem: string | null;
};

/** How this process may become root for one command: it is root, by sudo, or not at all. */
async function rootPrefix(config: Config): Promise<string[] | null> {
  if (process.getuid?.() === 0) return [];
  const sudo = await findProgram("sudo", config.searchPath);
  return sudo === null ? null : [sudo];
}

/**
 * Installs packages of the distribution: at once as root, otherwise after one question, by sudo. Where nobody can be
 * asked and nobody has said yes beforehand (KIWI_WORKBENCH_YES=1), nothing is changed.
 */
export async function installPackages(
  config: Config,
  terminal: Terminal,
  packages: readonly string[],
  purpose: string,
): Promise<Installation> {
  const { family, name } = await readDistribution();
  const command = installCommand(family, packages);
  if (family === null || command.length === 0)
    return refused(
      packages,
      `The packages of ${name} are not known to KIWI Workbench. Please install: ${packages.join(", ")}.`,
    );
  const manual = command.join(" ");
  const prefix = await rootPrefix(config);
  if (prefix === null)
    return refused(packages, `Installing packages needs root, and there is no sudo. As root: ${manual}`);
  if (prefix.length > 0) {
    terminal.say(`${purpose} needs these packages of ${name}: ${packages.join(", ")}.`);
    const agreed = config.yes || (await terminal.confirm(`Install them with sudo ${command[0]}?`));
    if (agreed === null)
      return refused(packages, `Nobody could be asked whether to install packages. By hand: sudo ${manual}`);
    if (!agreed) return refused(packages, `They were not wanted. To install them later: sudo ${manual}`);
    // sudo asks for a password on the terminal itself, before the steps are drawn over it.
    if (!config.yes) await terminal.interactive([...prefix, "-v"]);
  }
  const title = `Installing packages of ${name} (${purpose}: ${packages.join(", ")})`;
  return await terminal.step(title, async (step) => {
    const onLine = (line: string) => step.progress(line);
    const install = async (names: readonly string[]) =>
      await runCommand([...prefix, ...withoutQuestions, ...patient(installCommand(family, names))], { onLine });
    if (family === "apt") await refreshLists(prefix, { onLine });
    try {
      await install(packages);
      return { missing: [], problem: null };
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      // One name that this release does not have spoils the whole command: find out which.
      const result = await oneByOne(packages, install, prefix.length > 0 ? `sudo ${manual}` : manual);
      if (result.missing.length > 0) step.outcome(`without ${result.missing.join(", ")}`);
      return result;
    }
  });
}

/** Debian's tools ask on the terminal unless they are told not to. */
const withoutQuestions = ["env", "DEBIAN_FRONTEND=noninteractive"];

/** Another apt may be at work, as after the start of a machine; it is waited for, in seconds. */
function patient([program = "", ...words]: readonly string[]): string[] {
  return program === "apt-get" ? [program, "-o", "DPkg::Lock::Timeout=300", ...words] : [program, ...words];
}

/** Package lists that are too old, or not there at all as in containers, make apt fail. No network is its own message. */
async function refreshLists(prefix: readonly string[], options: CommandOptions): Promise<void> {
  await runCommand([...prefix, ...withoutQuestions, "apt-get", "update"], options).catch(() => undefined);
}

async function oneByOne(
  packages: readonly string[],
  install: (names: readonly string[]) => Promise<unknown>,
  manual: string,
): Promise<Installation> {
  const missing: string[] = [];
  let reason = "";
  for (const name of packages) {
    await install([name]).catch((error: unknown) => {
      missing.push(name);
      reason = error instanceof Error ? (error.message.split("\n").at(-1) ?? "") : String(error);
    });
  }
  if (missing.length === 0) return { missing, problem: null };
  return {
    missing,
    problem: `The package manager could not install ${missing.join(", ")}: ${reason}\nBy hand: ${manual}`,
  };
}

function refused(packages: readonly string[], problem: string): Installation {
  return { missing: [...packages], problem };
}
