import { expect, it } from "vitest";
import { outline } from "#lib/kiwi/language/outline.ts";
import { readSource } from "#lib/kiwi/language/source-document.ts";
import { outlineNodes, outlineRows, rowAt } from "./outline-rows.ts";

const text = '<image name="a"><users><user name="b"/></users><users><user name="c"/></users></image>';
const nodes = outlineNodes(outline(readSource("config.xml", text)));
const rows = (...toggled: string[]) => outlineRows(nodes, new Set(toggled));
const names = (...toggled: string[]) => rows(...toggled).map(({ node, level }) => `${level} ${node.name}`);

it("shows what the image holds, and more when it is asked for", () => {
  expect(names()).toEqual(["1 image a", "2 users (1)", "2 users (1)"]);
  expect(names("/image:0/users:1")).toEqual(["1 image a", "2 users (1)", "2 users (1)", "3 user c"]);
  expect(names("/image:0")).toEqual(["1 image a"]);
});

it("counts as ARIA does, and knows what can be opened", () => {
  const last = rows("/image:0/users:1").at(-1);
  expect(last).toMatchObject({ level: 3, position: 1, siblings: 1, expanded: undefined });
  expect(rows()[2]).toMatchObject({ position: 2, siblings: 2, expanded: false });
});

it("finds the line for a place, that of what holds it where it is closed", () => {
  expect(rowAt(rows(), text.indexOf('"c"'))?.node.path).toBe("/image:0/users:1");
  expect(rowAt(rows("/image:0/users:1"), text.indexOf('"c"'))?.node.name).toBe("user c");
  expect(rowAt(rows(), text.length)).toBeUndefined();
});
