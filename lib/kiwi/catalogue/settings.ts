import { ruleSettingsFile } from "#lib/contracts/rule-settings.ts";
import type { Entry } from "./entry.ts";
import { xmlExample } from "./syntax.ts";

const json = (wrong: string, right: string) => ({ language: "json" as const, wrong, right });

/** Problems of what people write to silence or weigh rules. */
export const settingsEntries: readonly Entry[] = [
  {
    code: "unknown-ignore",
    layer: "lint",
    severity: "warning",
    title: "A comment that cannot silence anything",
    meaning:
      "`kiwi-workbench-ignore` names the codes of rules that may be silenced: lints and runtime checks. This name is none, or none is given, or nothing follows that could be silenced.",
    remedy: "Correct the code. What KIWI's schema refuses cannot be silenced.",
    example: xmlExample(
      '<!-- kiwi-workbench-ignore duplicate-packages -->\n<package name="vim"/>',
      '<!-- kiwi-workbench-ignore duplicate-package -->\n<package name="vim"/>',
    ),
  },
  {
    code: "needless-ignore",
    layer: "lint",
    severity: "warning",
    title: "A comment that silences nothing any more",
    meaning: "There is no such problem where the comment speaks of it.",
    remedy: "Remove the comment, so that the next problem of its kind is seen.",
    example: xmlExample(
      '<!-- kiwi-workbench-ignore duplicate-package -->\n<package name="vim"/>',
      '<package name="vim"/>',
    ),
  },
  {
    code: "broken-settings",
    layer: "lint",
    severity: "warning",
    title: "The settings cannot be read",
    meaning: `\`${ruleSettingsFile}\` is a JSON object with the key \`rules\`, which maps codes to \`off\`, \`info\`, \`warning\` or \`error\`. A file that is not is left out as a whole.`,
    remedy: "Correct the file.",
    example: json('{ "rules": { "plain-http": "none" } }', '{ "rules": { "plain-http": "off" } }'),
  },
  {
    code: "unknown-rule",
    layer: "lint",
    severity: "warning",
    title: "The settings name a rule that does not exist",
    meaning: "Only lints and runtime checks can be weighed. What KIWI's schema refuses stays an error.",
    remedy: "Correct the code.",
    example: json('{ "rules": { "plain-htp": "off" } }', '{ "rules": { "plain-http": "off" } }'),
  },
];
