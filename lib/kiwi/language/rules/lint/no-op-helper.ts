import { commandsOf } from "../../scripts/commands.ts";
import type { ScriptLint } from "../rule.ts";

/** Functions of `/.kconfig` that say that they are obsolete and do nothing else, in KIWI 10 and 11. */
const gone = new Set([
  "baseCleanMount",
  "baseMount",
  "suseActivateDefaultServices",
  "baseSetupUserPermissions",
  "suseConfig",
  "baseGetPackagesForDeletion",
  "baseGetProfilesUsed",
  "baseStripMans",
  "baseStripDocs",
  "baseStripInfos",
  "Rpm",
  "rhelStripInitrd",
  "debianStripInitrd",
  "rhelStripKernel",
  "debianStripKernel",
  "rhelSplashToGrub",
  "suseSetupProductInformation",
  "baseCleanup",
  "suseCleanup",
  "suseRemoveYaST",
]);

export const noOpHelper: ScriptLint = {
  code: "no-op-helper",
  layer: "lint",
  severity: "warning",
  title: "A helper that does nothing any more",
  meaning:
    "KIWI still offers this function to scripts, so that old ones go on, but it does nothing: what it once did is either not needed or not done.",
  remedy: "Remove the call; where its effect is wanted, write what does it.",
  example: { language: "shell", wrong: "suseConfig\nbaseStripDocs", right: "rm -rf /usr/share/doc/*" },
  check({ text }, say) {
    for (const { name, start, end } of commandsOf(text)) {
      if (gone.has(name)) say(`${name} does nothing any more: remove the call.`, start, end);
    }
  },
};
