import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Format } from "#lib/contracts/description.ts";
import { markupFolderOf } from "#server/kiwi/index.ts";
import { CommandError, runCommand } from "./command.ts";
import type { Terminal } from "./terminal.ts";

const REQUIREMENTS = join(import.meta.dirname, "kiwi-markup-requirements.txt");

/** What KIWI reads with it. */
export const markupFormats: readonly Format[] = ["yaml", "json", "json5", "toml"];

/**
 * Installs what KIWI needs to read other formats than XML into a folder of its own in KIWI's virtual environment. Among KIWI's
 * packages it would do harm: KIWI then reads XML through it as well. False where it could not be had.
 */
export async function installMarkup(environment: string, terminal: Terminal): Promise<boolean> {
  const folder = markupFolderOf(environment);
  const incoming = `${folder}.incoming`;
  const pip = [join(environment, "bin", "python"), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"];
  return terminal.step("Installing what KIWI needs to read YAML, JSON and TOML", async (step) => {
    try {
      await rm(incoming, { recursive: true, force: true });
      // Every start without it tries again, so it must not wait long where there is no network.
      const command = [...pip, "--retries", "1", "--target", incoming, "--requirement", REQUIREMENTS];
      await runCommand(command, { onLine: (line) => step.progress(line) });
      // One of an earlier version may be there; it reads less.
      await rm(folder, { recursive: true, force: true });
      await rename(incoming, folder);
      return true;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      step.outcome("not possible now, only XML descriptions can be built");
      await rm(incoming, { recursive: true, force: true });
      return false;
    }
  });
}
