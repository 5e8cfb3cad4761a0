import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { ScriptChecker } from "./script-checker.ts";

const searchPath = "/usr/local/bin:/usr/bin:/bin";
const isInstalled =
  spawnSync("shellcheck", ["--version"], { env: { NODE_ENV: "test", PATH: searchPath } }).error === undefined;
if (!isInstalled) console.warn("ShellCheck is not installed: tests with it are skipped.");

test("without ShellCheck it is said so", async () => {
  expect(await new ScriptChecker("/nowhere").check("echo")).toEqual({ kind: "absent" });
});

describe.skipIf(!isInstalled)("with ShellCheck", () => {
  const checker = new ScriptChecker(searchPath);
  const found = async (text: string) => {
    const answer = await checker.check(text);
    if (answer.kind !== "checked") throw new Error(JSON.stringify(answer));
    return answer.problems.map(
      ({ line, column, endColumn, severity, code }) => `${line}:${column}-${endColumn} ${severity} ${code}`,
    );
  };

  test("each complaint stands at its place, a tab being one column", async () => {
    expect(await found("#!/bin/bash\nfoo=$1\n\trm $foo\n")).toEqual(["3:5-9 info SC2086"]);
  });

  test("a script without a first line of its own is one for bash", async () => {
    expect(await found("[[ -e /x ]] && true\n")).toEqual([]);
  });

  test("what only the build has is no mistake", async () => {
    expect(await found('#!/bin/bash\ntest -f /.kconfig && . /.kconfig\necho "$kiwi_iname"\n')).toEqual([]);
    expect(await found('#!/bin/bash\necho "$other_name"\n')).toEqual(["2:7-18 warning SC2154"]);
  });

  test("what is no script is an error, not a failure", async () => {
    expect((await found("#!/bin/bash\nif true; then\n")).some((one) => one.includes("error"))).toBe(true);
  });

  test("several at once wait for each other, and too many are turned away", async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => checker.check("echo\n")));
    const kinds = answers.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "checked")).toHaveLength(10);
    expect(kinds.filter((kind) => kind === "failed")).toHaveLength(20);
  });
});
