import { runBuild } from "./build.ts";
import { runConvert } from "./convert.ts";
import { runDoctorCommand } from "./doctor.ts";
import { runExplain } from "./explain.ts";
import { explain, UsageError } from "./failure.ts";
import { HELP } from "./help.ts";
import { runLogin } from "./login.ts";
import { runLogs } from "./logs.ts";
import { runUpgrade } from "./upgrade.ts";
import { runValidate } from "./validate.ts";

/** A command gets what follows its name and resolves with the exit status. */
const COMMANDS: Readonly<Record<string, (parameters: string[]) => Promise<number>>> = {
  validate: runValidate,
  explain: runExplain,
  upgrade: runUpgrade,
  convert: runConvert,
  build: runBuild,
  logs: runLogs,
  doctor: runDoctorCommand,
  login: runLogin,
};

async function main([name, ...parameters]: string[]): Promise<number> {
  if (name === undefined || ["help", "--help", "-h"].includes(name) || parameters.includes("--help")) {
    process.stdout.write(HELP);
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS[name];
  if (command === undefined) throw new UsageError(`There is no command "${name}".`);
  return await command(parameters);
}

// A reader that has seen enough, as `head`, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { message, status } = explain(error);
  process.stderr.write(`kiwi-workbench: ${message}\n`);
  process.exitCode = status;
}
