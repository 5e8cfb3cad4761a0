import { parseArgs } from "node:util";
import { builderChecks, catalogue, type Entry, explain, isAdjustable } from "#lib/kiwi/catalogue/index.ts";
import { Failure, UsageError } from "./failure.ts";
import { print } from "./output.ts";

/** `explain`: what a problem's code means; without a code, all of them. */
export async function runExplain(parameters: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: parameters,
    options: { json: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [code] = positionals;
  if (positionals.length > 1) throw new UsageError("explain takes one code.");
  if (code === undefined) {
    print(values.json ? JSON.stringify(catalogue) : overview());
    return 0;
  }
  const entry = explain(code);
  if (entry === undefined) throw new Failure(`There is no problem with the code "${code}".`);
  print(values.json ? JSON.stringify(entry) : inFull(entry));
  return 0;
}

function overview(): string {
  const layers = [...new Set(catalogue.map(({ layer }) => layer))];
  const lists = layers.flatMap((layer) => [
    "",
    layer,
    ...catalogue.filter((entry) => entry.layer === layer).map(({ code, title }) => `  ${code}: ${title}`),
  ]);
  const checks = builderChecks.map(({ kiwiCheck, meaning }) => `  ${kiwiCheck}: ${meaning}`);
  return [...lists, "", "checked on the builder, when a build begins", ...checks].join("\n").trimStart();
}

function inFull(entry: Entry): string {
  const { code, layer, severity, title, meaning, remedy, example } = entry;
  const weight = isAdjustable(entry) ? `${severity}, unless settings say otherwise` : severity;
  const shown =
    example === undefined ? [] : ["", "Wrong:", indented(example.wrong), "", "Right:", indented(example.right)];
  return [`${code} (${layer}; ${weight})`, title, "", meaning, "", remedy, ...shown].join("\n");
}

const indented = (text: string) => text.replace(/^/gm, "  ");
