import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/** File, import line, and whether the import table of docs/architecture.md allows it. */
const cases: [file: string, statement: string, allowed: boolean][] = [
  ["lib/a.ts", `export { z } from "zod";`, true],
  ["lib/xml/b.ts", `export { z } from "#lib/contracts/build.ts";`, true],
  ["lib/c.ts", `export { readFile } from "node:fs";`, false],
  ["lib/d.ts", `export { useState } from "react";`, false],
  ["lib/e.ts", `export type { Config } from "#server/platform/config.ts";`, false],
  ["lib/f.test.ts", `export { readFile } from "node:fs/promises";`, true],
  ["components/a.tsx", `export { x } from "#lib/contracts/build.ts";`, true],
  ["components/b.tsx", `import type { AppRouter } from "#server/web/router.ts";`, false],
  ["components/trpc.tsx", `import type { AppRouter } from "#server/web/router.ts";`, true],
  ["components/trpc.tsx", `import { router } from "#server/web/router.ts";`, false],
  ["components/c.tsx", `export const x = import("../server/web/router.ts");`, false],
  ["app/page.tsx", `export { x } from "#server/web/index.ts";`, true],
  ["app/builds/page.tsx", `export { x } from "#server/db/index.ts";`, false],
  ["server/platform/a.ts", `export { x } from "#server/db/index.ts";`, false],
  ["server/db/a.ts", `export { x } from "#server/platform/config.ts";`, true],
  ["server/db/b.ts", `export { x } from "#server/builder/queue.ts";`, false],
  ["server/workspace/a.ts", `export { x } from "#server/db/index.ts";`, false],
  ["server/kiwi/a.ts", `export { x } from "#server/builder/runner/index.ts";`, false],
  ["server/builder/a.ts", `export { x } from "#server/kiwi/index.ts";`, true],
  ["server/builder/b.ts", `export { x } from "#server/web/router.ts";`, false],
  ["server/builder/c.ts", `export { NextResponse } from "next/server";`, false],
  ["server/web/a.ts", `export { x } from "#server/builder/queue.ts";`, false],
  ["server/web/b.ts", `export { x } from "#server/kiwi/index.ts";`, false],
  ["server/web/builder-client.ts", `import type { BuilderRouter } from "#server/builder/router.ts";`, true],
  ["server/web/builder-client.ts", `import { router } from "#server/builder/router.ts";`, false],
  ["server/cli/a.ts", `export { x } from "#server/builder/queue.ts";`, false],
  ["server/setup/a.ts", `export { x } from "#server/web/router.ts";`, false],
  ["server/kiwi/b.ts", `export const home = process.env.HOME;`, false],
  ["server/platform/config.ts", `export const home = process.env.HOME;`, true],
];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "boundaries-"));
  await copyFile(".oxlintrc.json", join(folder, ".oxlintrc.json"));
});

afterAll(() => rm(folder, { recursive: true }));

/** Lints one file of the copied configuration; the codes and messages of what it found. */
async function lint(file: string): Promise<string> {
  const oxlint = join(process.cwd(), "node_modules/.bin/oxlint");
  return await new Promise((resolve) => {
    execFile(oxlint, ["--format", "unix", file], { cwd: folder }, (_error, stdout) => resolve(stdout));
  });
}

async function write(file: string, text: string) {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), `${text}\n`);
}

test.each(cases)("%s: %s -> allowed: %s", async (file, statement, allowed) => {
  // A type import that nobody uses would be refused for that; so it is used.
  await write(file, statement.startsWith("import") ? `${statement}\nexport type X = typeof import("zod");` : statement);
  const complaints = await lint(file);
  const refused = /no-restricted-imports|no-process-env/.test(complaints);
  expect(refused, complaints).toBe(!allowed);
});

test("a cycle of imports is refused", async () => {
  await write("server/db/one.ts", `import { two } from "./two.ts";\nexport const one = () => two();`);
  await write("server/db/two.ts", `import { one } from "./one.ts";\nexport const two = (): unknown => one();`);
  expect(await lint("server/db")).toMatch(/no-cycle/);
});
