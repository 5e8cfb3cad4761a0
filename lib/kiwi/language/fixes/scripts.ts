import { lineEndOf, lineStart } from "#lib/xml/edit/layout.ts";
import type { TextEdit } from "#lib/xml/edit/text-edit.ts";
import { commandsOf } from "../scripts/commands.ts";
import type { TextFile } from "../source-document.ts";
import { type Candidate, inFile } from "./fault.ts";

/** Ways to end what our rules complain of in a script, at the offset of the problem. */
export function scriptFixes(script: TextFile, code: string, start: number): Candidate[] {
  switch (code) {
    case "no-op-helper":
      return [{ title: "Remove the call", action: "remove-call", edits: inFile(script, removeCall(script, start)) }];
    case "helper-without-kconfig": {
      const title = "Load KIWI's helpers at the beginning";
      return [{ title, action: "load-helpers", edits: inFile(script, [loadHelpers(script.text)]) }];
    }
    default:
      return [];
  }
}

/** The whole line goes where nothing else stands in it; where the shell still wants a command, `:` takes its place. */
function removeCall({ text }: TextFile, start: number): TextEdit[] {
  const call = [...commandsOf(text)].find((command) => command.start === start);
  if (call === undefined) return [];
  const from = lineStart(text, start);
  const rest = /^[^\n;&|#)}]*/.exec(text.slice(call.end))?.[0] ?? "";
  // Where quotes, substitutions or a continued line follow, the end of the call is not known for certain.
  if (/["'`$(\\]/.test(rest)) return [];
  const [before, after] = [text.slice(from, start), text.slice(call.end + rest.length).split("\n", 1)[0] ?? ""];
  const isAlone = before.trim() === "" && after.trim() === "" && !continues(text, from);
  if (!isAlone || isOnlyCommand(text, from)) return [{ start, end: call.end + rest.trimEnd().length, text: ":" }];
  return [{ start: from, end: Math.min(text.length, call.end + rest.length + 1), text: "" }];
}

const continues = (text: string, from: number) => text.slice(0, from).endsWith("\\\n");

/** Whether the line is all that stands between `then`, `do`, `else` or `{` and its end: the shell allows no such gap. */
function isOnlyCommand(text: string, from: number): boolean {
  const saying = (line: string) => line.trim() !== "" && !line.trim().startsWith("#");
  const before = text.slice(0, from).split("\n").findLast(saying) ?? "";
  const after = text.slice(from).split("\n").slice(1).find(saying) ?? "";
  return (
    /(?:^|[\s;])(?:then|do|else|\{)\s*(?:#.*)?$/.test(before) && /^\s*(?:(?:fi|done|else|elif)\b|\}|;;)/.test(after)
  );
}

/** Behind the first line if it names the shell, with the comments that follow it. */
function loadHelpers(text: string): TextEdit {
  const head = /^(?:#![^\n]*(?:\n|$))?(?:#[^\n]*\n)*/.exec(text)?.[0] ?? "";
  const gap = head === "" || head.endsWith("\n") ? "" : "\n";
  return {
    start: head.length,
    end: head.length,
    text: `${gap}test -f /.kconfig && . /.kconfig${lineEndOf(text)}`,
  };
}
