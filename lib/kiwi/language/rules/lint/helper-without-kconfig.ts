import { commandsOf } from "../../scripts/commands.ts";
import type { ScriptLint } from "../rule.ts";

/** Functions that `/.kconfig` brings and that do something. */
const helpers = new Set([
  "baseSystemdServiceInstalled",
  "baseSysVServiceInstalled",
  "baseSystemdCall",
  "baseInsertService",
  "baseRemoveService",
  "baseService",
  "baseSetRunlevel",
  "baseUpdateSysConfig",
  "baseQuoteFile",
  "baseSetupBuildDay",
  "baseVagrantSetup",
  "baseStripLocales",
  "baseStripTranslations",
  "baseStripUnusedLibs",
  "baseStripInitrd",
  "baseStripFirmware",
  "baseStripModules",
  "baseStripKernelModules",
  "baseStripKernel",
  "baseStripTools",
  "baseStripAndKeep",
  "setupContainerRuntime",
  "suseImportBuildKey",
  "suseSetupProduct",
  "suseInsertService",
  "suseRemoveService",
  "suseService",
  "suseStripInitrd",
  "suseStripKernel",
]);

export const helperWithoutKconfig: ScriptLint = {
  code: "helper-without-kconfig",
  layer: "lint",
  severity: "warning",
  title: "KIWI's helpers are not loaded",
  meaning:
    "The functions whose names begin with `base` and `suse` are in the file `/.kconfig` of the image. A script that does not read it does not have them, and the shell says that there is no such command.",
  remedy: "Begin the script with `test -f /.kconfig && . /.kconfig`.",
  example: {
    language: "shell",
    wrong: "baseInsertService sshd",
    right: "test -f /.kconfig && . /.kconfig\nbaseInsertService sshd",
  },
  check({ text }, say) {
    if (/(?:\.|\bsource)\s+["']?(?:\S*\/)?\.kconfig/.test(text)) return;
    for (const { name, start, end } of commandsOf(text)) {
      if (!helpers.has(name) || new RegExp(String.raw`(?:^|\n)\s*(?:function\s+)?${name}\s*(?:\(\)|\{)`).test(text))
        continue;
      say(`${name} comes from /.kconfig, which this script does not read.`, start, end);
      return;
    }
  },
};
