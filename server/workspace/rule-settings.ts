import { posix } from "node:path";
import { type RuleSettingsText, ruleSettingsFile } from "#lib/contracts/rule-settings.ts";
import { readText } from "./text-file.ts";
import { WorkspaceError } from "./workspace-error.ts";

/** The settings of rules that hold for a folder: those of the workspace first, those of the folder itself last. */
export async function readRuleSettings(workspace: string, folder: string): Promise<RuleSettingsText[]> {
  const parts = folder === "" ? [] : folder.split("/");
  const folders = ["", ...parts.map((_, i) => parts.slice(0, i + 1).join("/"))];
  const found = await Promise.all(folders.map((one) => settingsIn(workspace, one)));
  return found.flatMap((text, i) => {
    const path = posix.join("../".repeat(folders.length - 1 - i), ruleSettingsFile);
    return text === undefined ? [] : [{ path, text }];
  });
}

async function settingsIn(workspace: string, folder: string): Promise<string | undefined> {
  try {
    return (await readText(workspace, folder, ruleSettingsFile)).text;
  } catch (error) {
    // None, or one that leads out of the workspace or is no text.
    if (error instanceof WorkspaceError) return undefined;
    throw error;
  }
}
