import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, renameSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { succeeds } from "./command.ts";

/** A process that is to run until it is stopped here. */
export type Program = {
  /** For people, for example "web server". */
  name: string;
  command: readonly string[];
  cwd: string;
  environment: NodeJS.ProcessEnv;
  user?: { uid: number; gid: number };
  /** Everything it prints is appended to this file. */
  logFile: string;
  /** Seconds it gets to end by itself. */
  graceSeconds: number;
  /** Stay in the launcher's session instead of getting one of its own. */
  keepTerminal?: boolean;
  /** Command that asks the process to end, without its id; absent = the launcher may signal it itself. */
  terminate?: readonly string[];
};

export type Supervised = {
  /** The running process' id; undefined between two lives. */
  pid(): number | undefined;
  stop(): Promise<void>;
};

/** Waiting times before the next start, growing while a program keeps dying young. */
const FIRST_DELAY = 250;
const LONGEST_DELAY = 10_000;
/** Whoever lived this long was well. */
const HEALTHY_AFTER = 30_000;
const LOG_LIMIT = 10 * 1024 * 1024;

/** Keeps a program running: starts it, and starts it again when it ends without having been told to. */
export function supervise(
  program: Program,
  { say, onStart }: { say: (text: string) => void; onStart: (pid: number) => void },
): Supervised {
  let child: ChildProcess | undefined;
  let stopping = false;
  let delay = FIRST_DELAY;
  let timer: NodeJS.Timeout | undefined;

  const begin = () => {
    const began = Date.now();
    let size = 0;
    let ended = false;
    const end = (how: string, explain: boolean) => {
      if (ended) return;
      ended = true;
      child = undefined;
      if (stopping) return;
      delay = Date.now() - began > HEALTHY_AFTER ? FIRST_DELAY : Math.min(delay * 2, LONGEST_DELAY);
      timer = setTimeout(begin, delay);
      void (explain ? lastWords(program.logFile, size) : Promise.resolve("")).then((words) =>
        say(`The ${program.name} ended (${how}) and is started again.${words} Log: ${program.logFile}`),
      );
    };
    try {
      size = logStart(program.logFile);
      child = launch(program);
    } catch (error) {
      // No room on the disk or in the process table may be a matter of moments.
      return end(error instanceof Error ? error.message : String(error), false);
    }
    if (child.pid !== undefined) onStart(child.pid);
    child.on("error", (error) => end(error.message, false));
    // Who was killed from outside has nothing to say about it.
    child.on("exit", (code, signal) => end(signal ?? `status ${code}`, signal === null));
  };
  begin();

  return {
    pid: () => child?.pid,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      if (child) await endProcess(child, program);
    },
  };
}

function launch(program: Program): ChildProcess {
  const [file = "", ...parameters] = program.command;
  // The file itself is handed over, no pipe: a launcher that dies must not take its children's output along.
  const log = openSync(program.logFile, "a", 0o600);
  try {
    return spawn(file, parameters, {
      cwd: program.cwd,
      env: program.environment,
      stdio: ["ignore", log, log],
      // A session of its own: Ctrl+C at the terminal reaches the launcher only, which then stops everybody in order.
      detached: program.keepTerminal !== true,
      ...program.user,
    });
  } finally {
    closeSync(log);
  }
}

async function endProcess(child: ChildProcess, { terminate, graceSeconds }: Program): Promise<void> {
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  if (terminate === undefined) child.kill("SIGTERM");
  else await succeeds([...terminate, String(child.pid)]);
  const force = setTimeout(() => child.kill("SIGKILL"), graceSeconds * 1000);
  await gone;
  clearTimeout(force);
}

/** Where the next life's output begins; a log that has grown large makes room first. */
function logStart(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size < LOG_LIMIT) return size;
  renameSync(path, `${path}.1`);
  return 0;
}

/** What a program said before it ended, at most its last ten lines. */
async function lastWords(path: string, from: number): Promise<string> {
  const text = await readFile(path).then(
    (bytes) => bytes.subarray(from).toString("utf8"),
    () => "",
  );
  const lines = text.trim().split("\n").slice(-10);
  return lines[0] === "" || lines.length === 0 ? "" : ` Its last words:\n  ${lines.join("\n  ")}\n `;
}
