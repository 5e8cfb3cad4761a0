import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { applyEdits } from "#lib/xml/edit/text-edit.ts";
import { randomChange } from "#lib/xml/testing/edits.test-support.ts";
import { createLanguage } from "./index.ts";
import { description, requestFor } from "./testing/marked.test-support.ts";
import { mutate, randomNumbers, vocabulary } from "./testing/mutants.test-support.ts";
import { corpus, schemaText, testSchema } from "./testing/schema.test-support.ts";

/** The full run has 50,000. */
const edits = Number(process.env["KIWI_WORKBENCH_TEST_EDITS"] ?? 1500);
const seed = Number(process.env["KIWI_WORKBENCH_TEST_SEED"] ?? 20_260_101);

/** Edits until a text is given up for the next one: what is damaged beyond recognition tells nothing more. */
const editsOfText = 30;

function originals(): string[] {
  const own = description(`<preferences>
    <version>1.0.0</version>
    <packagemanager>apt</packagemanager>
    <type image="oem" filesystem="ext4" vga="791"><size unit="M">100</size></type>
  </preferences>
  <packages type="image">
    <package name="a"/>
    <package name="b" arch="x86_64"/>
  </packages>
  <extension><x:y xmlns:x="urn:x"><x:z/></x:y></extension>`);
  if (corpus === null) return [own];
  const { verdicts } = JSON.parse(readFileSync(join(corpus, "verdicts.json"), "utf8")) as {
    verdicts: Record<string, unknown>;
  };
  const texts = Object.keys(verdicts).map((path) => readFileSync(join(corpus ?? "", path), "utf8"));
  return [own, ...texts.filter((text) => text.includes("<image") && text.length < 6000)];
}

test.skipIf(schemaText === null)(
  `after each of ${edits} edits the problems are those of a language that has seen nothing before`,
  { timeout: 3_600_000 },
  () => {
    const schema = testSchema();
    const options = { schema, kiwiVersion: "11", schemaVersion: null };
    const words = vocabulary(schema);
    const random = randomNumbers(seed);
    const texts = originals();
    const kept = createLanguage(options);
    let text = "";
    for (let i = 0; i < edits; i++) {
      if (i % editsOfText === 0) text = texts[random(texts.length)] as string;
      const before = text;
      text = random(3) === 0 ? mutate(text, words, random) : applyEdits(text, [randomChange(text, random)]);
      const problems = kept.validate(requestFor(text));
      const fresh = createLanguage(options).validate(requestFor(text));
      if (JSON.stringify(problems) === JSON.stringify(fresh)) continue;
      expect({ seed, edit: i, before, text, problems }).toEqual({ seed, edit: i, before, text, problems: fresh });
    }
  },
);
