import { spawn } from "node:child_process";

/** A program that could not be run or ended badly; the message holds the last lines of what it said. */
export class CommandError extends Error {
  override name = "CommandError";
  /** Everything that the program printed. */
  readonly output: string;

  constructor(message: string, output = "") {
    super(message);
    this.output = output;
  }
}

/** Lines of output that are worth showing when a program fails. */
const TAIL_LINES = 30;

export type CommandOptions = {
  cwd?: string;
  /** Gets the last line of output whenever there is a new one, for progress. */
  onLine?: (line: string) => void;
};

/**
 * Runs a program to its end; its arguments are a list, no shell is between. Resolves with everything it printed.
 * Throws CommandError.
 */
export async function runCommand(command: readonly string[], options: CommandOptions = {}): Promise<string> {
  const [program = "", ...parameters] = command;
  const child = spawn(program, parameters, { cwd: options.cwd, stdio: ["ignore", "pipe", "pipe"] });
  // Whoever ends this process meanwhile does not want the program to go on alone.
  const end = () => child.kill();
  process.once("exit", end);
  let output = "";
  const collect = (chunk: string) => {
    output += chunk;
    const line = output.trimEnd().split("\n").at(-1);
    if (line) options.onLine?.(line);
  };
  child.stdout.setEncoding("utf8").on("data", collect);
  child.stderr.setEncoding("utf8").on("data", collect);
  const outcome = await new Promise<string | number | null>((resolve, reject) => {
    child.on("error", (error) => reject(new CommandError(`${program} could not be run: ${error.message}`)));
    child.on("close", (code, signal) => resolve(signal ?? code));
  }).finally(() => process.off("exit", end));
  if (outcome === 0) return output;
  const tail = output.trim().split("\n").slice(-TAIL_LINES).join("\n");
  throw new CommandError(`${command.join(" ")} ended with ${outcome}:\n${tail}`, output.trim());
}

/** Whether a program can be run and ends with status 0. */
export async function succeeds(command: readonly string[]): Promise<boolean> {
  return await runCommand(command).then(
    () => true,
    () => false,
  );
}
