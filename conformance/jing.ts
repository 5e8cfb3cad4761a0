import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";

/** One complaint of jing. Its lines are those at which its parser stopped: the end of a tag, or the tag after a text. */
export interface JingError {
  line: number;
  /** What kind of complaint it is, in our words. */
  kind: "element" | "attribute" | "value" | "missing attribute" | "content" | "incomplete" | "text" | "other";
  /** The element or attribute that it names. */
  name: string;
  message: string;
}

const run = promisify(execFile);

/** So many documents are judged by one process: starting it takes a second. */
const batch = 400;

/** The version of jing on this machine, null where there is none. */
export async function jingVersion(): Promise<string | null> {
  // Without anything to do it tells how it is used, and its version, and fails.
  const { stdout, stderr } = await run("jing", []).catch((error: { stdout?: string; stderr?: string }) => error);
  return /Jing version (\S+)/i.exec(`${stdout ?? ""}${stderr ?? ""}`)?.[1] ?? null;
}

/** What jing finds wrong with each of the texts; they must be well-formed. */
export async function jingErrors({ modules }: TestKiwi, texts: readonly string[]): Promise<JingError[][]> {
  const errors: JingError[][] = texts.map(() => []);
  const folder = await mkdtemp(join(tmpdir(), "kiwi-workbench-jing-"));
  try {
    for (let from = 0; from < texts.length; from += batch) {
      const files = texts.slice(from, from + batch).map((text, i) => ({ path: join(folder, `${from + i}.xml`), text }));
      await Promise.all(files.map(({ path, text }) => writeFile(path, text)));
      const args = [join(modules, "kiwi/schema/kiwi.rng"), ...files.map(({ path }) => path)];
      // Its exit status says that something is wrong, which is what it is asked for.
      const { stdout } = await run("jing", args, { maxBuffer: 1 << 28 }).catch(
        (error: { code?: unknown; stdout: string }) => {
          if (error.code !== 1) throw error;
          return error;
        },
      );
      for (const [, number = "", line = "", level = "", message = ""] of stdout.matchAll(complaints)) {
        if (level === "fatal") throw new Error(`jing looks at no more files after this one: ${message}`);
        errors[Number(number)]?.push(readError(Number(line), message));
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return errors;
}

const complaints = /\/(\d+)\.xml:(\d+):\d+: (\w+): (.*)/g;

const forms: readonly [RegExp, JingError["kind"]][] = [
  [/^(?:unknown )?element "([^"]*)".* not allowed/, "element"],
  [/^(?:found )?attribute "([^"]*)".* (?:not|no attributes) allowed/, "attribute"],
  [/^value of attribute "([^"]*)" is invalid/, "value"],
  [/^element "([^"]*)" (?:is )?missing .*attribute/, "missing attribute"],
  [/^character content of element "([^"]*)" invalid/, "content"],
  [/^element "([^"]*)" (?:is )?incomplete/, "incomplete"],
  [/^empty content for element "([^"]*)" not allowed/, "incomplete"],
  [/^()text not allowed/, "text"],
];

function readError(line: number, message: string): JingError {
  for (const [form, kind] of forms) {
    const found = form.exec(message);
    if (found !== null) return { line, kind, name: found[1] ?? "", message };
  }
  return { line, kind: "other", name: "", message };
}
