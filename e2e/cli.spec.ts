import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSchema } from "#lib/contracts/build.ts";
import { doctorReportSchema } from "#lib/contracts/builder.ts";
import { createDescription } from "#server/workspace/create-description.ts";
import { expect, test } from "./support/fixtures.ts";

/** The command line tool against a running product, with real files and a real build. */
test.describe.configure({ mode: "serial" });

let folder: string;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kiwi-workbench-cli-"));
  const wish = { template: "debian", folder: "elsewhere", name: "elsewhere", version: "1.2.3" };
  await createDescription(folder, wish, null);
});

test.afterAll(() => rmSync(folder, { recursive: true }));

test("validate --json prints one object a file, and its exit status is the verdict", async ({ product }) => {
  const valid = join(folder, "elsewhere/config.xml");
  const good = await product.cli("validate", valid, "--json");
  expect(good).toMatchObject({ code: 0, stderr: "" });
  const report = JSON.parse(good.stdout);
  expect(report).toMatchObject({ file: valid, valid: true });
  // The mirror of this host may well be one that rules have something to say of.
  expect(report.problems.filter(({ severity }: { severity: string }) => severity === "error")).toEqual([]);

  mkdirSync(join(folder, "wrong"));
  const invalid = join(folder, "wrong/config.xml");
  writeFileSync(invalid, readFileSync(valid, "utf8").replace('<package name="apt"/>', '<package nme="apt"/>'));
  const line =
    readFileSync(invalid, "utf8")
      .split("\n")
      .findIndex((text) => text.includes("nme=")) + 1;
  const bad = await product.cli("validate", valid, invalid, "--json");
  expect(bad).toMatchObject({ code: 1, stderr: "" });
  const [first, second, rest] = bad.stdout.split("\n");
  expect(JSON.parse(first ?? "")).toMatchObject({ file: valid, valid: true });
  expect(JSON.parse(second ?? "")).toEqual({
    file: invalid,
    valid: false,
    problems: expect.arrayContaining([
      {
        line,
        column: 18,
        endLine: line,
        endColumn: 21,
        severity: "error",
        layer: "relaxng",
        code: "attribute-not-allowed",
        message: expect.stringContaining('"nme"'),
      },
    ]),
  });
  expect(rest).toBe("");
});

test("doctor --json keeps to its contract and knows the KIWI that builds", async ({ product }) => {
  const { code, stdout } = await product.cli("doctor", "--json");
  expect(code).toBe(0);
  const { kiwi, tools, types } = doctorReportSchema.parse(JSON.parse(stdout));
  expect(kiwi?.version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(readFileSync(kiwi?.schemaPath ?? "", "utf8")).toContain("<grammar");
  expect(types.map(({ type }) => type)).toContain("tbz");
  expect(tools.find(({ name }) => name === "tar")?.path).toMatch(/^\//);
});

test("build --wait --json builds a folder outside the workspace, and logs -f equals the stored log", async ({
  product,
}) => {
  test.setTimeout(400_000);
  const place = join(folder, "elsewhere");
  const { code, stdout, stderr } = await product.cli("build", place, "--type", "ext4", "--wait", "--json");
  expect(code, stdout + stderr).toBe(0);
  const build = buildSchema.parse(JSON.parse(stdout));
  expect(build).toMatchObject({ state: "succeeded", type: "ext4", imageName: "elsewhere", imageVersion: "1.2.3" });
  expect(build.description).toBe(join(place, "config.xml").slice(1));
  expect(build.results.map(({ name }) => name)).toContainEqual(expect.stringMatching(/\.ext4$/));

  const stored = readFileSync(join(product.dataDir, "builds", build.id, String(build.attempt), "build.log"), "utf8");
  expect(stored).toContain("elsewhere");
  expect(await product.cli("logs", build.id, "-f")).toEqual({ code: 0, stdout: stored, stderr: "" });
  expect(await product.cli("logs", build.id)).toEqual({ code: 0, stdout: stored, stderr: "" });
});

test("a build that fails is told by the exit status and by a reason", async ({ product }) => {
  test.setTimeout(240_000);
  mkdirSync(join(folder, "hopeless"));
  const text = readFileSync(join(folder, "elsewhere/config.xml"), "utf8");
  const hopeless = text.replace('<package name="apt"/>', '<package name="no-such-package-anywhere"/>');
  writeFileSync(join(folder, "hopeless/config.xml"), hopeless);
  const { code, stdout } = await product.cli("build", join(folder, "hopeless"), "--wait", "--json");
  expect(code).toBe(1);
  const build = buildSchema.parse(JSON.parse(stdout));
  expect(build.state).toBe("failed");
  expect(build.reason).toBeTruthy();
});

test("wrong arguments end with status 2, what cannot be done with status 1, both in one sentence", async ({
  product,
}) => {
  for (const [status, ...parameters] of [
    [2],
    [2, "paint"],
    [2, "validate"],
    [2, "validate", "--colour"],
    [2, "build"],
    [2, "build", join(folder, "elsewhere"), "--arch", "z80"],
    [2, "logs", "last"],
    [2, "doctor", "--colour"],
    [1, "doctor", join(folder, "nothing")],
    [1, "validate", join(folder, "nothing.xml")],
    [1, "build", join(folder, "nothing")],
    [1, "build", join(folder, "elsewhere"), "--profile", "Nobody"],
    [1, "logs", "00000000-0000-4000-8000-000000000000"],
  ] as const) {
    const { code, stderr, stdout } = await product.cli(...parameters);
    expect(code, parameters.join(" ")).toBe(status);
    if (parameters.length > 0) expect(stdout).toBe("");
    expect(stderr).not.toContain("    at ");
  }
});
