import { expect, test } from "vitest";
import { wantedPage } from "./wanted-page.ts";

const origin = "http://127.0.0.1:8374";
const wanted = (next: string) => wantedPage(`?next=${encodeURIComponent(next)}`, origin);

test("a path of this site is believed, with its query and place", () => {
  expect(wantedPage("", origin)).toBe("/");
  expect(wanted("/builds")).toBe("/builds");
  expect(wanted("/descriptions/a%20b/config.xml?file=config.sh&line=3")).toBe(
    "/descriptions/a%20b/config.xml?file=config.sh&line=3",
  );
  expect(wanted("/builds/1#L12")).toBe("/builds/1#L12");
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/\n\\evil.example/x",
  "\\\\evil.example",
  "http://evil.example/",
  "javascript:alert(1)",
  " //evil.example",
  "//[",
  "builds",
  "",
])("%j leads to the start page", (next) => {
  expect(wanted(next)).toBe("/");
});
