import { expect, test } from "vitest";
import { convert } from "#lib/kiwi/formats/convert.ts";
import { realDescriptions } from "#lib/kiwi/formats/testing/kiwi-markup.test-support.ts";
import { createLanguage } from "./index.ts";
import { requestFor } from "./testing/marked.test-support.ts";
import { mutate, randomNumbers, vocabulary } from "./testing/mutants.test-support.ts";
import { schemaText, testSchema } from "./testing/schema.test-support.ts";

/** What is wrong with a description, whatever it is written in. */
function verdict(path: string, text: string): string[] {
  const formats = ["yaml", "json", "toml"] as const;
  const language = createLanguage({ schema: testSchema(), kiwiVersion: "11", schemaVersion: null, formats });
  const problems = language.validate(requestFor(text, { path, mains: [path] }));
  // Includes are not here, and their addresses differ.
  const errors = problems.filter(({ severity, layer }) => severity === "error" && layer !== "include");
  return errors.map(({ code }) => code).sort();
}

const real = [...realDescriptions().values()].filter((text) => !text.includes("<include"));

test.skipIf(schemaText === null || real.length === 0)(
  "a description has the same faults in every format",
  { timeout: 120_000 },
  () => {
    const random = randomNumbers(20_260_101);
    const words = vocabulary(testSchema());
    const mutants = real.flatMap((text) => [text, mutate(text, words, random), mutate(text, words, random)]);
    let compared = 0;
    for (const text of mutants) {
      for (const format of ["yaml", "json", "toml"] as const) {
        const there = convert("config.xml", text, format);
        // What is not well-formed has no other form; and twice-written names of one element are one list.
        if ("refusal" in there) continue;
        compared++;
        const other = verdict(there.path, there.text);
        expect([...new Set(other)], text).toEqual([...new Set(verdict("config.xml", text))]);
      }
    }
    expect(compared).toBeGreaterThan(real.length * 3);
  },
);
