import { execFile } from "node:child_process";
import { z } from "zod";
import type { Problem } from "#lib/contracts/problem.ts";
import type { ShellCheck } from "#lib/contracts/shell-check.ts";
import { childEnvironment } from "#server/platform/child-environment.ts";

/** Runs at the same time; the others wait. */
const maxRunning = 2;
/** Who asks while so many wait asks again with newer text anyway. */
const maxWaiting = 8;
const limits = { timeout: 10_000, maxBuffer: 4 * 1024 * 1024 };

/** One comment in ShellCheck's format json1, in which a tab is one column. */
const commentSchema = z.object({
  line: z.number(),
  endLine: z.number(),
  column: z.number(),
  endColumn: z.number(),
  level: z.enum(["error", "warning", "info", "style"]),
  code: z.number(),
  message: z.string(),
});
type Comment = z.infer<typeof commentSchema>;
const outputSchema = z.object({ comments: z.array(commentSchema) });

const severities = { error: "error", warning: "warning", info: "info", style: "info" } as const;

/** Asks ShellCheck about scripts. The text goes to its standard input: no file is read or written, nothing is run. */
export class ScriptChecker {
  readonly #searchPath: string;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(searchPath: string) {
    this.#searchPath = searchPath;
  }

  async check(text: string): Promise<ShellCheck> {
    if (this.#running >= maxRunning) {
      if (this.#waiting.length >= maxWaiting) return { kind: "failed", reason: "Too many scripts are being checked." };
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running++;
    try {
      return await this.#run(text);
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }

  #run(text: string): Promise<ShellCheck> {
    // KIWI runs scripts that are not executable with bash; the others say themselves what runs them.
    const shell = text.startsWith("#!") ? [] : ["--shell=bash"];
    const args = ["--norc", "--format=json1", ...shell, "-"];
    const env = childEnvironment({ PATH: this.#searchPath, LC_ALL: "C.UTF-8" });
    return new Promise((resolve) => {
      const child = execFile("shellcheck", args, { ...limits, env, cwd: "/" }, (error, stdout) => {
        if (error?.code === "ENOENT") return resolve({ kind: "absent" });
        if (error?.killed) return resolve({ kind: "failed", reason: "ShellCheck took too long." });
        // It ends with 1 where it has something to say.
        resolve(answerOf(stdout));
      });
      // A program that is gone reads nothing.
      child.stdin?.on("error", () => undefined);
      child.stdin?.end(text);
    });
  }
}

function answerOf(stdout: string): ShellCheck {
  try {
    const { comments } = outputSchema.parse(JSON.parse(stdout));
    return { kind: "checked", problems: comments.filter(concernsAuthors).map(problemOf) };
  } catch {
    return { kind: "failed", reason: "ShellCheck gave an answer that is not understood." };
  }
}

/** The build has what is not in the folder: /.profile and /.kconfig, and the variables that KIWI sets. */
function concernsAuthors({ code, message }: Comment): boolean {
  const isForeignFile = code === 1090 || code === 1091;
  const isOfKiwi = code === 2154 && message.startsWith("kiwi_");
  return !isForeignFile && !isOfKiwi;
}

function problemOf({ line, endLine, column, endColumn, level, code, message }: Comment): Problem {
  const isEmpty = line === endLine && column === endColumn;
  const end = { endLine, endColumn: isEmpty ? endColumn + 1 : endColumn };
  return { line, column, ...end, severity: severities[level], layer: "shell", code: `SC${code}`, message };
}
