import { expect, test } from "vitest";
import { randomNumbers } from "#lib/kiwi/language/testing/mutants.test-support.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { convert } from "./convert.ts";
import { readData } from "./read.ts";
import { type KiwiMarkup, kiwiMarkup, kiwiReads, realDescriptions } from "./testing/kiwi-markup.test-support.ts";
import { outline } from "./testing/outline.test-support.ts";
import { treeOf } from "./tree.ts";

/** Another seed gives other mutants; a failure names the one that was used. */
const seed = Number(process.env["KIWI_WORKBENCH_TEST_SEED"] ?? 20_260_101);
const count = Number(process.env["KIWI_WORKBENCH_TEST_MUTANTS"] ?? 300);

type Random = (below: number) => number;
type Format = "yaml" | "json" | "toml";

const values = [
  ..."1.10 0644 yes on ~ null true False 1:30 0x1F 1e3 .5 -1 2024-01-01 = <x> {} [] [a] {a: b} a:b a#b @x `x".split(
    " ",
  ),
  ...'&a *a !!str |  > ? - x,y "x" \'x\' "x \'x x\' é \\n "\\n" "\\q" "\\u00e9" # // 1_000 +5 inf nan 07:32:00'.split(
    " ",
  ),
  "a: b",
  "a b",
  "a\tb",
  "a #b",
  "",
];
const pieces = [
  ..."{ } [ ] , : \" ' # & * ! | > - ? = @ \t \\".split(" "),
  " ",
  "\n",
  "  ",
  "\n  ",
  "é",
  "image",
  "null",
];

/** A text with one change of the kinds that people make in lines of keys and values. */
function mutate(text: string, format: Format, random: Random): string {
  const lines = text.split("\n");
  const at = random(lines.length);
  const line = lines[at] ?? "";
  const pick = (list: readonly string[]) => list[random(list.length)] ?? "";
  const separator = format === "toml" ? " = " : ": ";
  const value = line.indexOf(separator);
  switch (random(9)) {
    case 0:
      return lines.toSpliced(at, 1).join("\n");
    case 1:
      return lines.toSpliced(at, 0, line).join("\n");
    case 2:
      return lines.with(at, ` ${line}`).join("\n");
    case 3:
      return lines.with(at, line.replace(/^ {1,2}/, "")).join("\n");
    case 4:
    case 5:
      return value < 0 ? text : lines.with(at, line.slice(0, value) + separator + pick(values)).join("\n");
    case 6:
      return lines.with(at, line.replace(/["']/g, "")).join("\n");
    case 7: {
      const other = lines[random(lines.length)] ?? "";
      return lines.toSpliced(at, 0, other).join("\n");
    }
    default: {
      const place = random(text.length);
      return text.slice(0, place) + pick(pieces) + text.slice(place + random(2));
    }
  }
}

function ours(text: string, format: Format): string {
  const { root, errors } = treeOf(text, readData(text, format), format);
  return root === null || errors.length > 0 ? "refused" : outline(root);
}

function theirs(markup: KiwiMarkup): string {
  const root = "xml" in markup ? parseXml(markup.xml).root : null;
  return root === null ? "refused" : outline(root);
}

for (const format of ["yaml", "json", "toml"] as const) {
  const real = realDescriptions();
  const able = real.size > 0 && kiwiReads(format);
  test.skipIf(!able)(`of ${count} mutants in ${format} we read what KIWI reads`, { timeout: 600_000 }, () => {
    const random = randomNumbers(seed);
    const originals = [...real].flatMap(([path, text]) => {
      const result = text.length < 9000 ? convert(path, text, format) : { refusal: "" };
      return "refusal" in result ? [] : [result.text];
    });
    const mutants = Array.from({ length: count }, () => {
      const original = originals[random(originals.length)] ?? "";
      const once = mutate(original, format, random);
      return random(4) === 0 ? mutate(once, format, random) : once;
    });
    const answers = kiwiMarkup(mutants.map((text) => ({ text, format })));
    const differences = mutants.flatMap((text, index) => {
      const answer = answers[index] ?? { error: "no answer" };
      const [mine, kiwis] = [ours(text, format), theirs(answer)];
      if (mine === kiwis) return [];
      const { errors } = treeOf(text, readData(text, format), format);
      // KIWI's readers take some of what is forbidden: in YAML quoted text whose further lines are not indented, in TOML
      // tables that are given twice, among others.
      if (format === "yaml" && mine === "refused" && errors[0]?.code === "yaml-open-quote") return [];
      if (format === "toml" && mine === "refused" && errors.every(({ code }) => code === "toml-fault")) return [];
      return [{ seed, mutant: index, mine, kiwis, answer, errors, text }];
    });
    expect(answers.filter((answer) => "error" in answer).length).toBeGreaterThan(0);
    expect(differences).toEqual([]);
  });
}
