import { readFile, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { KiwiInstallation } from "#lib/contracts/builder.ts";
import { findKiwi, findProgram, readDistribution } from "#server/kiwi/index.ts";
import type { Config } from "#server/platform/config.ts";
import { CommandError, runCommand, succeeds } from "./command.ts";
import { installMarkup, markupFormats } from "./kiwi-markup.ts";
import { installPackages } from "./package-manager.ts";
import type { Terminal } from "./terminal.ts";

const REQUIREMENTS = join(import.meta.dirname, "kiwi-requirements.txt");

/** The distributions' own names for KIWI, and for a Python that can make virtual environments. */
const KIWI_PACKAGE = { apt: "kiwi", dnf: "kiwi-cli", zypper: "python3-kiwi" };
const PYTHON_PACKAGES = { apt: ["python3", "python3-venv"], dnf: ["python3"], zypper: ["python3"] };

/**
 * The KIWI of this machine. Where there is none: the pinned one of PyPI in a virtual environment of ours, and where
 * that cannot be made, the distribution's package. `{problem}` says in words why there is none in the end.
 */
export async function setUpKiwi(config: Config, terminal: Terminal): Promise<KiwiInstallation | { problem: string }> {
  const kiwi = await findOrInstall(config, terminal);
  if ("problem" in kiwi || markupFormats.every((one) => kiwi.formats.includes(one)) || !isOurs(config, kiwi))
    return kiwi;
  // Without it only XML descriptions can be built, and the pages say so; everything else works.
  const installed = await installMarkup(dirname(dirname(kiwi.command)), terminal);
  return installed ? await findKiwi(config) : kiwi;
}

/** Whether a KIWI lies in a virtual environment that we made. */
function isOurs(config: Config, { command }: KiwiInstallation): boolean {
  return !relative(config.paths.kiwi, command).startsWith("..");
}

async function findOrInstall(config: Config, terminal: Terminal): Promise<KiwiInstallation | { problem: string }> {
  const present = await findKiwi(config);
  // A program that was named by the configuration is never replaced by another one.
  if (!("problem" in present) || config.kiwiCommand !== undefined) return present;
  const failure = await installFromPyPi(config, terminal);
  if (failure === null) return await findKiwi(config);
  const family = (await readDistribution()).family ?? "apt";
  const distribution = await installPackages(config, terminal, [KIWI_PACKAGE[family]], "KIWI");
  const found = await findKiwi(config);
  if (!("problem" in found)) return found;
  return { problem: [found.problem, failure, distribution.problem].filter(Boolean).join("\n") };
}

/** Returns null after success, else why it failed. */
async function installFromPyPi(config: Config, terminal: Terminal): Promise<string | null> {
  const version = /^kiwi==(.+)$/m.exec(await readFile(REQUIREMENTS, "utf8"))?.[1];
  if (version === undefined) throw new Error(`${REQUIREMENTS} does not name KIWI's version.`);
  const python = await usablePython(config, terminal);
  if (python === null) return "Python 3 with its module venv, which KIWI from PyPI needs, is not installed.";
  const folder = join(config.paths.kiwi, version);
  try {
    await terminal.step(`Installing KIWI ${version}`, async (step) => {
      const onLine = (line: string) => step.progress(line);
      // What an interrupted attempt left there would only be in the way.
      await rm(folder, { recursive: true, force: true });
      await runCommand([python, "-m", "venv", folder], { onLine });
      const pip = [join(folder, "bin", "python"), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"];
      await runCommand([...pip, "--requirement", REQUIREMENTS], { onLine });
    });
    return null;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    await rm(folder, { recursive: true, force: true });
    return `KIWI ${version} could not be installed from PyPI: ${error.output.split("\n").at(-1) ?? error.message}`;
  }
}

/** A Python with its module venv, which Debian and Ubuntu ship as a package of its own. */
async function usablePython(config: Config, terminal: Terminal): Promise<string | null> {
  const find = async () => {
    // The distribution's own Python comes first: it stays where it is, and the builder's root may run it.
    const python = await findProgram("python3", `/usr/bin:${config.searchPath}`);
    return python !== null && (await succeeds([python, "-c", "import venv, ensurepip"])) ? python : null;
  };
  const present = await find();
  if (present !== null) return present;
  const family = (await readDistribution()).family ?? "apt";
  await installPackages(config, terminal, PYTHON_PACKAGES[family], "KIWI's Python environment");
  return await find();
}
