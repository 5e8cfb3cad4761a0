import { describe, expect, test } from "vitest";
import { catalogue } from "#lib/kiwi/catalogue/index.ts";
import { createLanguage } from "../index.ts";
import { description, requestFor } from "../testing/marked.test-support.ts";
import { testKiwis } from "../testing/schema.test-support.ts";
import { imageLints, scriptLints } from "./lint/index.ts";
import { runtimeRules } from "./runtime/index.ts";

const [newest] = testKiwis;
const entries = ["present.tar.gz", "config.xml"];
const packages = { architecture: "x86_64", offered: {}, unknown: { vimm: ["vim"] } };

describe.skipIf(newest === undefined)("the examples of the catalogue break their rule, and do not", () => {
  const kiwiWith = ({ code }: { code: string }) => {
    const until = runtimeRules.find((rule) => rule.code === code)?.kiwi?.until;
    return until === undefined ? newest : testKiwis.find(({ version }) => Number.parseInt(version, 10) <= until);
  };

  test.each(
    [...runtimeRules, ...imageLints].flatMap((rule) =>
      rule.example === undefined ? [] : [{ ...rule, example: rule.example }],
    ),
  )("$code", (rule) => {
    const kiwi = kiwiWith(rule);
    if (kiwi === undefined) return;
    const version = kiwi.schema().version ?? "";
    const [schema, xmlThroughMarkup] = [kiwi.schema(), rule.code === "comment-lost"];
    const language = createLanguage({ schema, kiwiVersion: kiwi.version, schemaVersion: null, xmlThroughMarkup });
    const codes = (inner: string) => {
      const request = { ...requestFor(description(withRepository(rule.code, inner), version)), entries, packages };
      return language.validate(request).map((problem) => problem.code);
    };
    expect(codes(rule.example.wrong)).toContain(rule.code);
    expect(codes(rule.example.right)).not.toContain(rule.code);
  });

  test.each(scriptLints)("$code", ({ code, example }) => {
    const codes = (text: string) => {
      const files = { "config.sh": text };
      return newest
        ?.languageWithRules()
        .validate(requestFor(description("<preferences/>"), { files }))
        .filter((problem) => problem.file === "config.sh")
        .map((problem) => problem.code);
    };
    expect(codes(example?.wrong ?? "")).toContain(code);
    expect(codes(example?.right ?? "")).toEqual([]);
  });
});

/** Most examples leave out what they are not about. */
function withRepository(code: string, inner: string): string {
  if (code === "missing-repository" || inner.includes("<repository")) return inner;
  return `${inner}\n<repository><source path="https://example.com/"/></repository>`;
}

test("every code is there once, and every entry says what it must", () => {
  const codes = catalogue.map(({ code }) => code);
  expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
  for (const { code, title, meaning, remedy } of catalogue) {
    expect(code).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    for (const text of [meaning, remedy]) expect(text, code).toMatch(/[.:]$|[.][`"]?$/);
    expect(title, code).not.toMatch(/\.$/);
  }
});
