import { expect, test } from "vitest";
import { readRuleSettings } from "./rule-settings.ts";
import { testWorkspace } from "./test-workspace.ts";

test("settings are found in the folder and above it, the nearest last", async () => {
  await using workspace = await testWorkspace({
    ".kiwi-workbench.json": "outer",
    "team/image/.kiwi-workbench.json": "inner",
    "other/.kiwi-workbench.json": "another's",
    "team/image/config.xml": "<image/>",
  });
  expect(await readRuleSettings(workspace.path, "team/image")).toEqual([
    { path: "../../.kiwi-workbench.json", text: "outer" },
    { path: ".kiwi-workbench.json", text: "inner" },
  ]);
  expect(await readRuleSettings(workspace.path, "")).toEqual([{ path: ".kiwi-workbench.json", text: "outer" }]);
});
