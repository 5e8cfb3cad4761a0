import { spawn } from "node:child_process";
import { createInterface } from "node:readline/promises";

const SPINNER = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** A step may say what it is at while it runs, and in the end what came of it. */
export type Step = { progress(detail: string): void; outcome(text: string): void };

/** What the launcher says to the person who started it. */
export type Terminal = ReturnType<typeof createTerminal>;

/**
 * Shows the steps of a start: on a terminal with a turning sign and the seconds that passed, elsewhere one line at the
 * end of each step, and one at its beginning where it takes longer than two seconds.
 */
export function createTerminal(stream: NodeJS.WriteStream = process.stdout, input: NodeJS.ReadStream = process.stdin) {
  const write = (text: string) => void stream.write(text);
  const clear = () => stream.isTTY && write("\r\x1b[K");

  /** Runs a step, and says how it went and how long it took. */
  async function step<Result>(title: string, work: (step: Step) => Promise<Result>): Promise<Result> {
    const began = Date.now();
    let detail = "";
    let outcome = "";
    let turn = 0;
    const draw = () => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      const text = `${SPINNER[turn++ % SPINNER.length]} ${title} … ${seconds} s  ${detail}`;
      write(`\r\x1b[K${text.slice(0, (stream.columns ?? 80) - 1)}`);
    };
    const timer = stream.isTTY ? setInterval(draw, 100) : setTimeout(() => write(`… ${title}\n`), 2000);
    const finish = (sign: string) => {
      clearInterval(timer);
      clear();
      write(`${sign} ${title}${outcome}  ${formatSeconds(Date.now() - began)}\n`);
    };
    try {
      const result = await work({
        progress: (text) => void (detail = text),
        outcome: (text) => void (outcome = `: ${text}`),
      });
      finish("✓");
      return result;
    } catch (error) {
      finish("✗");
      throw error;
    }
  }

  /** One paragraph that stands out from the steps. */
  const say = (text: string) => {
    clear();
    write(`${text}\n`);
  };

  /** Asks for a yes; null where nobody is there to answer. */
  async function confirm(question: string): Promise<boolean | null> {
    if (!stream.isTTY || !input.isTTY) return null;
    const dialog = createInterface({ input, output: stream });
    try {
      const answer = await dialog.question(`${question} [Y/n] `);
      return /^(y|yes|)$/i.test(answer.trim());
    } finally {
      dialog.close();
    }
  }

  /** Lends the terminal to a program that has something to ask by itself. Resolves with its exit status. */
  const interactive = (command: readonly string[]): Promise<number | null> => {
    const [program = "", ...parameters] = command;
    return new Promise((resolve) => {
      const child = spawn(program, parameters, { stdio: "inherit" });
      child.on("error", () => resolve(null));
      child.on("close", resolve);
    });
  };

  return { step, say, confirm, interactive };
}

/** "0.3 s", "47 s", "3 min 20 s" */
export function formatSeconds(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
