import { expect, test } from "vitest";
import { z } from "zod";
import type { Problem } from "#lib/contracts/problem.ts";
import { catalogue } from "#lib/kiwi/catalogue/index.ts";
import { githubReporter } from "./github.ts";
import { sarifReporter } from "./sarif.ts";

const text = z.strictObject({ text: z.string().min(1) });
const level = z.enum(["none", "note", "warning", "error"]);

/** What the schema of SARIF 2.1.0 asks of the properties that we write; it allows no others than it names. */
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.array(
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string().min(1),
          rules: z.array(
            z.strictObject({
              id: z.string().min(1),
              shortDescription: text,
              fullDescription: text,
              help: z.strictObject({ text: z.string().min(1), markdown: z.string().min(1) }),
              defaultConfiguration: z.strictObject({ level }),
              properties: z.object({ tags: z.array(z.string()) }),
            }),
          ),
        }),
      }),
      columnKind: z.enum(["utf16CodeUnits", "unicodeCodePoints"]),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().nonnegative(),
          level,
          message: text,
          locations: z.array(
            z.strictObject({
              physicalLocation: z.strictObject({
                artifactLocation: z.strictObject({ uri: z.string().regex(/^[A-Za-z0-9._~%/:-]+$/) }),
                region: z.strictObject({
                  startLine: z.int().positive(),
                  startColumn: z.int().positive(),
                  endLine: z.int().positive(),
                  endColumn: z.int().positive(),
                }),
              }),
            }),
          ),
        }),
      ),
    }),
  ),
});

test("every problem becomes a result of a rule that the document explains", () => {
  const problems = catalogue.map(
    ({ code, layer, severity }, i): Problem => ({
      ...{ line: i + 1, column: 2, endLine: i + 1, endColumn: 3, severity, layer, code, message: "What is wrong." },
      ...(i % 2 === 0 ? {} : { file: "parts/a b#1.xml" }),
    }),
  );
  const reporter = sarifReporter();
  expect(reporter.file({ file: "my image/config.xml", valid: false, problems })).toEqual([]);
  const document = sarif.parse(JSON.parse(reporter.end().join("\n")));
  const [run] = document.runs;
  expect(run?.results).toHaveLength(problems.length);
  for (const result of run?.results ?? []) {
    expect(run?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
  }
  const uris = run?.results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri);
  expect(new Set(uris)).toEqual(new Set(["my%20image/config.xml", "my%20image/parts/a%20b%231.xml"]));
});

test("of a file that several descriptions share each problem is told once", () => {
  const problem = catalogue.map(({ code, layer, severity }): Problem => {
    return { line: 1, column: 2, endLine: 1, endColumn: 3, severity, layer, code, message: "a", file: "part.xml" };
  })[0] as Problem;
  for (const reporter of [sarifReporter(), githubReporter()]) {
    const lines = ["a.kiwi", "b.kiwi"].flatMap((file) => reporter.file({ file, valid: true, problems: [problem] }));
    expect([...lines, ...reporter.end()].join("\n").match(/part\.xml/g)).toHaveLength(1);
  }
});
