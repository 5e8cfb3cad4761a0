import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { corpus, schemaText, testLanguage } from "./testing/schema.test-support.ts";

interface Verdicts {
  kiwi: string;
  verdicts: Record<string, { valid: boolean }>;
}

/** What KIWI said of each real description. */
const verdicts: [string, boolean][] =
  corpus === null || schemaText === null
    ? []
    : Object.entries((JSON.parse(readFileSync(join(corpus, "verdicts.json"), "utf8")) as Verdicts).verdicts).map(
        ([path, { valid }]) => [path, valid],
      );

describe.skipIf(verdicts.length === 0)("the verdict on real descriptions equals KIWI's", () => {
  test.each(verdicts)("%s: %s", (path, valid) => {
    const file = join(corpus ?? "", path);
    const problems = testLanguage().validate({
      path: basename(file),
      text: readFileSync(file, "utf8"),
      mains: [basename(file)],
      read(name) {
        const other = join(dirname(file), name);
        return existsSync(other) ? readFileSync(other, "utf8") : undefined;
      },
    });
    const errors = problems.filter((problem) => problem.severity === "error");
    expect(errors.length === 0, JSON.stringify(errors)).toBe(valid);
  });
});
