import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { hostSettings } from "./host-settings.ts";

test.for<[string[], unknown]>([
  [["umoci", "buildah"], {}],
  [["buildah"], { containerTool: "buildah" }],
  [[], {}],
])("on a host with %j", async ([programs, expected]) => {
  const folder = mkdtempSync(join(tmpdir(), "programs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of programs) {
    writeFileSync(join(folder, name), "#!/bin/sh\n");
    chmodSync(join(folder, name), 0o755);
  }
  expect(await hostSettings(folder)).toEqual(expected);
});
