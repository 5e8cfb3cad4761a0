import { expect, test } from "vitest";
import { parseVerified } from "./verified.ts";

test("the letters are words, and what is no file is passed over", () => {
  const text = [
    "S.5....T.  c /etc/default/useradd",
    "??5?????? c /etc/shadow name with spaces",
    "missing   c /etc/gone",
    "missing     /usr/share/doc/x",
    ".M....G..  g /run/lock",
    "Unsatisfied dependencies for x-1:",
    "",
  ].join("\n");
  expect(parseVerified(text)).toEqual([
    { path: "/etc/default/useradd", differences: ["size", "content", "time"], configuration: true },
    { path: "/etc/shadow name with spaces", differences: ["content"], configuration: true },
    { path: "/etc/gone", differences: ["missing"], configuration: true },
    { path: "/usr/share/doc/x", differences: ["missing"], configuration: false },
    { path: "/run/lock", differences: ["mode", "group"], configuration: false },
  ]);
});
