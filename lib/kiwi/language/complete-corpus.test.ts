import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseXml } from "#lib/xml/parse.ts";
import { elementsOf } from "#lib/xml/tree.ts";
import { requestFor } from "./testing/marked.test-support.ts";
import { randomNumbers } from "./testing/mutants.test-support.ts";
import { corpus, schemaText, testLanguage } from "./testing/schema.test-support.ts";

/** The places that are tried, of all elements and attributes of the real descriptions. */
const places = 1500;

interface Place {
  /** A text in which a name is missing at the cursor, and the text as it was while it was typed up to there. */
  whole: string;
  offset: number;
  name: string;
}

function placesOf(text: string): Place[] {
  const found: Place[] = [];
  for (const element of elementsOf(parseXml(text).children)) {
    const { start, end, attributes, name } = element;
    if (element.parent !== null) {
      found.push({ whole: `${text.slice(0, start)}<${text.slice(end)}`, offset: start + 1, name });
    }
    for (const attribute of attributes) {
      if (attribute.namespace !== "") continue;
      const whole = text.slice(0, attribute.start) + text.slice(attribute.end);
      found.push({ whole, offset: attribute.start, name: attribute.name });
    }
  }
  return found;
}

test.skipIf(corpus === null || schemaText === null)("what authors wrote is offered where they wrote it", () => {
  const { verdicts } = JSON.parse(readFileSync(join(corpus ?? "", "verdicts.json"), "utf8")) as {
    verdicts: Record<string, { valid: boolean; schemaversion?: string }>;
  };
  const texts = Object.entries(verdicts)
    .filter(([, { valid }]) => valid)
    .map(([path]) => readFileSync(join(corpus ?? "", path), "utf8"))
    .filter((text) => text.includes("<image"));
  const all = texts.flatMap(placesOf);
  const random = randomNumbers(7);
  const missing: unknown[] = [];
  for (let i = 0; i < places; i++) {
    const { whole, offset, name } = all[random(all.length)] as Place;
    // Upgraded away: what is offered is the newest schema's.
    if (["vga", "console", "use_for_bootstrap", "btrfs_root_is_snapshot", "additionaltags"].includes(name)) continue;
    for (const [manner, text] of [
      ["in place", whole],
      ["typed", whole.slice(0, offset)],
    ] as const) {
      const { items } = testLanguage().complete({ ...requestFor(text), offset });
      if (!items.some((item) => item.label === name))
        missing.push({ manner, name, at: text.slice(offset - 80, offset) });
    }
  }
  expect(missing).toEqual([]);
});
