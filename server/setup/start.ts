import { type Config, ConfigError, loadConfig } from "#server/platform/config.ts";
import { Product } from "./product.ts";
import { createTerminal, formatSeconds, type Terminal } from "./terminal.ts";

// `npm start` and, with the argument `--development`, `npm run dev`.

/** Errors whose messages are made for people; everything else is a bug and shows its stack. */
const FOR_PEOPLE = ["AlreadyRunning", "CommandError", "ConfigError", "DatabaseError", "PortProblem"];

async function launch(config: Config, terminal: Terminal): Promise<void> {
  const began = Date.now();
  const product = new Product(config, terminal, { development: process.argv.includes("--development") });
  let stopping = false;
  const stop = async () => {
    // npm and the terminal may both pass the same Ctrl+C on.
    if (stopping) return;
    stopping = true;
    const { goingOn } = await terminal.step("Stopping", async () => ({ goingOn: await product.stop() }));
    if (goingOn > 0) terminal.say(`${goingOn} running build(s) go on by themselves; the next start takes them over.`);
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop());

  try {
    const address = await product.start();
    for (const problem of product.problems) terminal.say(`\n! ${problem}`);
    const duration = formatSeconds(Date.now() - began);
    terminal.say(
      `\nKIWI Workbench is up after ${duration}. Open this address (it logs you in once):\n\n  ${address}\n`,
    );
    terminal.say(`Descriptions: ${config.workspaceDir}\nCtrl+C stops it.`);
  } catch (error) {
    // Ctrl+C ends the steps of the set-up too, and then their failure is nobody's interest.
    if (stopping) return;
    stopping = true;
    process.stderr.write(`\n${describe(error)}\n`);
    await product.stop();
    process.exit(1);
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return FOR_PEOPLE.includes(error.name) ? error.message : (error.stack ?? error.message);
}

try {
  await launch(loadConfig(), createTerminal());
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}
