/** The language's engine alone, in this process, beside lxml in its own: whole checks, keystrokes, a cold schema. */
import { gzipSync } from "node:zlib";
import { compileSchema, createLanguage } from "#lib/kiwi/language/index.ts";
import { requestFor } from "#lib/kiwi/language/testing/marked.test-support.ts";
import { kiwiPython, schemaText, testSchema } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { codeBehind } from "./code-size.ts";
import { descriptionOf, sizes, typings } from "./descriptions.ts";
import { lxmlTimes } from "./lxml.ts";
import { type Measurement, medianTime, percentile, timesOf } from "./measurement.ts";

const rounds = 9;

const hostile: readonly (readonly [name: string, text: string])[] = [
  ["1 MB of <", "<".repeat(1_000_000)],
  ["1 MB on one line", descriptionOf(1_000_000).replaceAll("\n", " ")],
  ["20,000 levels", `<image schemaversion="8.5" name="a">${"<a>".repeat(20_000)}${"</a>".repeat(20_000)}</image>`],
  ["20,000 unknown siblings", `<image schemaversion="8.5" name="a">${"<nothing/>".repeat(20_000)}</image>`],
  ["1 MB of unclosed tags", '<image schemaversion="8.5" name="a">'.repeat(28_000)],
];

export function measure(): Measurement[] | null {
  if (schemaText === null || kiwiPython === null) return null;
  const rng = schemaText;
  const schemaCold = percentile(
    timesOf(1, () => compileSchema(rng)),
    50,
  );
  const schema = testSchema();
  const language = () => createLanguage({ schema, kiwiVersion: "11", schemaVersion: null });
  const texts = sizes.map(([name, bytes]) => [name, descriptionOf(bytes)] as const);
  const theirs = lxmlTimes(
    kiwiPython,
    texts.map(([, text]) => text),
  );

  const results: Measurement[] = [
    { what: "schema, cold", ours: schemaCold, baseline: "lxml", theirs: theirs.schema },
    {
      what: "schema, warm",
      ours: medianTime(rounds, () => compileSchema(rng)),
      baseline: "lxml",
      theirs: theirs.schema,
    },
  ];
  for (const [index, [name, text]] of texts.entries()) {
    const baseline = { baseline: "lxml", theirs: theirs.checks[index] ?? Number.NaN };
    const ours = medianTime(rounds, () => language().validate(requestFor(text)));
    results.push({ what: `full check, ${name}`, ours, ...baseline });
    const keys = keystrokes(language(), text);
    results.push({ what: `keystroke p50, ${name}`, ours: percentile(keys, 50), ...baseline });
    results.push({ what: `keystroke p95, ${name}`, ours: percentile(keys, 95), ...baseline });
    results.push({ what: `completion p95, ${name}`, ours: percentile(completions(language(), text), 95), ...baseline });
  }
  for (const [name, text] of hostile) {
    results.push({ what: `full check, ${name}`, ours: medianTime(3, () => language().validate(requestFor(text))) });
  }
  const kilobytes = (text: string) => gzipSync(text).length / 1024;
  results.push({ what: "engine and schema, compressed", ours: kilobytes(codeBehind(engine) + rng), unit: "KB" });
  return results;
}

/** The tree, RELAX NG, Schematron. */
const engine: readonly string[] = ["lib/xml/reparse.ts", "lib/relaxng/judge.ts", "lib/kiwi/schema.ts"];

function keystrokes(language: ReturnType<typeof createLanguage>, original: string): number[] {
  let text = original;
  language.validate(requestFor(text));
  return typings(original, 40).flatMap(({ at, text: typed }) =>
    timesOf(typed.length, (key) => {
      text = text.slice(0, at + key) + typed[key] + text.slice(at + key);
      language.validate(requestFor(text));
    }),
  );
}

/** An element is asked for behind each place at which something is typed, in a text that has just changed there. */
function completions(language: ReturnType<typeof createLanguage>, original: string): number[] {
  language.validate(requestFor(original));
  return typings(original, 40).flatMap(({ at }) => {
    const offset = original.indexOf(">", at) + 2;
    const text = `${original.slice(0, offset - 1)}<${original.slice(offset - 1)}`;
    return timesOf(1, () => language.complete({ ...requestFor(text), offset }));
  });
}
