import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { kiwiPython, type TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";
import type { Question, Verdict } from "./verdict.ts";

/** A Python process that answers with KIWI's own modules; starting it takes a second, an answer milliseconds. */
export interface KiwiJudge {
  /** Versions of the libraries behind KIWI's verdict. */
  libraries: { lxml: string; libxml2: string };
  /** The verdicts on several descriptions, in their order. */
  judge(questions: readonly Question[]): Promise<Verdict[]>;
  close(): void;
}

export async function startKiwiJudge({ modules }: TestKiwi): Promise<KiwiJudge> {
  const python = startPython(fileURLToPath(new URL("kiwi-judge.py", import.meta.url)), { PYTHONPATH: modules });
  return {
    libraries: await python.next(),
    async judge(questions) {
      for (const { text, files = {}, ask, rulesIfValid = false } of questions) {
        const encoded = Object.entries(files).map(([name, content]) => [name, base64(Buffer.from(content))]);
        const question = { text: base64(text), files: Object.fromEntries(encoded), ask, rulesIfValid };
        python.write(question);
      }
      const verdicts: Verdict[] = [];
      for (const _ of questions) {
        const answer = await python.next<Partial<Verdict>>();
        verdicts.push({ wellFormed: false, upgraded: false, relaxng: false, rules: null, tree: null, ...answer });
      }
      return verdicts;
    },
    close: python.close,
  };
}

/** KIWI's Python with a script that answers lines of JSON with such lines. */
export function startPython(script: string, env: Readonly<Record<string, string>> = {}) {
  const child = spawn(kiwiPython ?? "python3", [script], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    write: (question: unknown) => child.stdin.write(`${JSON.stringify(question)}\n`),
    async next<T>(): Promise<T> {
      const { value, done } = await lines.next();
      if (done === true) throw new Error("KIWI's Python ended before it answered.");
      return JSON.parse(value) as T;
    },
    close: () => child.kill(),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
