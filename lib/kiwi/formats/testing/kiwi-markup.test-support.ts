import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { corpus, kiwiPython } from "#lib/kiwi/language/testing/schema.test-support.ts";
import type { DataFormat } from "../read.ts";

const script = fileURLToPath(new URL("kiwi-markup.py", import.meta.url));

/** Beside KIWI's own packages lies what reads other formats (server/setup/kiwi-markup.ts). */
const modules = kiwiPython === null ? "" : join(dirname(dirname(kiwiPython)), "kiwi-markup");

/** Whether KIWI's own reader of a format is on this machine. */
export function kiwiReads(format: DataFormat): boolean {
  const needed = { yaml: "anymarkup_core", json: "anymarkup_core", json5: "json5", toml: "toml" }[format];
  const found = kiwiPython !== null && existsSync(join(modules, needed));
  if (!found) console.warn(`KIWI's reader of ${format} is not here: comparisons with it are skipped.`);
  return found;
}

/** What KIWI made of a text. */
export type KiwiMarkup = { xml: string } | { error: string };

/** Has KIWI's own reader turn texts into XML. */
export function kiwiMarkup(texts: readonly { text: string; format: DataFormat }[]): KiwiMarkup[] {
  const output = execFileSync("env", [`PYTHONPATH=${modules}`, kiwiPython ?? "python3", script], {
    input: texts.map((one) => `${JSON.stringify(one)}\n`).join(""),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as KiwiMarkup);
}

/** The texts of the real descriptions in XML, by their paths; links that were checked out as text left out. */
export function realDescriptions(): Map<string, string> {
  if (corpus === null) return new Map();
  const { verdicts } = JSON.parse(readFileSync(join(corpus, "verdicts.json"), "utf8")) as { verdicts: object };
  const texts = Object.keys(verdicts).map((path) => [path, readFileSync(join(corpus ?? "", path), "utf8")] as const);
  return new Map(texts.filter(([, text]) => /<image\s/.test(text)));
}
