import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { doctorReportSchema } from "#lib/contracts/builder.ts";
import { loadConfig } from "#server/platform/config.ts";
import { runDoctor } from "./doctor.ts";

test("the report on this host agrees with itself", async () => {
  const report = doctorReportSchema.parse(await runDoctor(loadConfig()));
  expect(report.kiwi === null).toBe(report.kiwiProblem !== null);
  expect(report.host.freeDiskBytes).toBeGreaterThan(0);
  const tools = new Map(report.tools.map((tool) => [tool.name, tool]));
  for (const { path } of report.tools) if (path !== null) expect(existsSync(path)).toBe(true);
  for (const type of report.types) {
    expect(type.ready).toBe(type.missingTools.length + type.obstacles.length === 0);
    for (const name of type.missingTools) {
      const tool = tools.get(name);
      expect(tool?.path).toBeNull();
      if (tool?.package && type.obstacles.length === 0) expect(report.missingPackages).toContain(tool.package);
    }
  }
  if (report.installCommand.length > 0)
    expect(report.installCommand).toEqual(expect.arrayContaining(report.missingPackages));
});

test("a host without KIWI is told so, and its tools are examined all the same", async () => {
  const report = await runDoctor(loadConfig({ KIWI_WORKBENCH_KIWI: "/nonexistent/kiwi-ng" }));
  expect(report).toMatchObject({ kiwi: null, kiwiProblem: expect.stringContaining("/nonexistent/kiwi-ng") });
  expect(report.tools.find((tool) => tool.name === "tar")?.path).toMatch(/\/tar$/);
});
