import type { Format } from "#lib/contracts/description.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import { type RuleSettingsText, ruleSettingsFile } from "#lib/contracts/rule-settings.ts";
import { isAdjustable } from "#lib/kiwi/catalogue/index.ts";
import { lineEndOf, lineIndent, lineStart, ownIndent } from "#lib/xml/edit/layout.ts";
import type { XmlElement } from "#lib/xml/tree.ts";
import { switchedOff } from "../rules/settings-edit.ts";
import type { TextFile } from "../source-document.ts";
import { type Candidate, inFile } from "./fault.ts";

/** A problem in a description's file or in a script; the latter has no format. */
interface Silenced {
  problem: Problem;
  document: TextFile & { format?: Format };
  start: number;
  element: XmlElement | null;
  /** The settings of the description's own folder and of those above it. */
  settings: readonly RuleSettingsText[];
}

/** Ways to be told no more of something: at its place by a comment, or in the whole folder by its settings. */
export function silenceFixes(fault: Silenced): Candidate[] {
  return isAdjustable(fault.problem) ? [...ignoredHere(fault), ...switchedOffHere(fault)] : [];
}

function ignoredHere({ problem: { code }, document, start, element }: Silenced): Candidate[] {
  const { text, format } = document;
  const offer = (at: number, comment: string): Candidate[] => [
    {
      title: `Ignore "${code}" here`,
      action: "ignore",
      edits: inFile(document, [{ start: at, end: at, text: comment }]),
    },
  ];
  const words = `kiwi-workbench-ignore ${code}`;
  if (format === "xml") {
    if (element === null || element.parent === null) return [];
    const gap = ownIndent(text, element.start) === null ? "" : lineEndOf(text) + lineIndent(text, element.start);
    return offer(element.start, `<!-- ${words} -->${gap}`);
  }
  if (format === "json" || format === "json5") return [];
  let line = lineStart(text, start);
  // A comment cannot stand between the lines of one command.
  while (format === undefined && text.slice(0, line).endsWith("\\\n")) line = lineStart(text, line - 1);
  const indent = /^[ \t]*/.exec(text.slice(line))?.[0] ?? "";
  return offer(line, `${indent}# ${words}${lineEndOf(text)}`);
}

function switchedOffHere({ problem: { code }, settings }: Silenced): Candidate[] {
  const own = settings.find(({ path }) => path === ruleSettingsFile)?.text ?? "";
  const edit = switchedOff(own, code);
  if (edit === null) return [];
  const title = `Switch "${code}" off in this folder (${ruleSettingsFile})`;
  return [{ title, action: "switch-off", edits: [{ path: ruleSettingsFile, ...edit }] }];
}
