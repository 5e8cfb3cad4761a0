import { commandsOf } from "../../scripts/commands.ts";
import type { ScriptLint } from "../rule.ts";

const files = String.raw`/etc/(?:resolv\.conf|hosts|sysconfig/proxy)(?![\w./-])`;
const writes = [
  new RegExp(String.raw`>>?\s*["']?(${files})`),
  new RegExp(String.raw`^\s[^|;&]*\s["']?(${files})["']?\s*(?:$|[;&|])`),
];
const writers = new Set(["cp", "mv", "ln", "rm", "tee", "install", "truncate", "touch"]);

export const temporaryFileEdit: ScriptLint = {
  code: "temporary-file-edit",
  layer: "lint",
  severity: "warning",
  title: "A change that does not last",
  meaning:
    "During the build, `/etc/resolv.conf`, `/etc/hosts` and `/etc/sysconfig/proxy` of the image are copies of the building machine's. KIWI takes them away afterwards, with what a script wrote into them, and warns in the log.",
  remedy: "Put the file into the overlay `root/etc/`, or let the image write it at its first start.",
  example: {
    language: "shell",
    wrong: 'echo "nameserver 9.9.9.9" > /etc/resolv.conf',
    right: "systemctl enable systemd-resolved",
  },
  check({ text }, say) {
    for (const { name, start, end, rest } of commandsOf(text)) {
      const edits = writers.has(name) || (name === "sed" && /\s-\w*i/.test(rest));
      const found = writes[0]?.exec(rest) ?? (edits ? writes[1]?.exec(rest) : null);
      if (!found?.[1]) continue;
      const at = end + rest.indexOf(found[1], found.index);
      if (at < start) continue;
      say(
        `${found[1]} is the building machine's during the build: what is written into it is lost.`,
        at,
        at + found[1].length,
      );
    }
  },
};
