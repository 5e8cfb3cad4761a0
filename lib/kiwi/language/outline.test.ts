import { describe, expect, test } from "vitest";
import type { OutlineItem } from "./contract.ts";
import { outline, outlinePath } from "./outline.ts";
import { readSource } from "./source-document.ts";
import { description } from "./testing/marked.test-support.ts";

const names = (items: readonly OutlineItem[]): unknown[] =>
  items.map(({ name, children }) => (children.length === 0 ? name : [name, ...names(children)]));
const outlineOf = (text: string) => outline(readSource("config.xml", text));

describe("outline", () => {
  test("calls elements what people call them", () => {
    const text = description(`
      <profiles><profile name="Live" description="d"><requires profile="Base"/></profile></profiles>
      <preferences profiles="Live,Disk"><version>1.2.3</version><type image="oem" filesystem="xfs"/></preferences>
      <repository alias="main"><source path="https://example.com/"/></repository>
      <repository><source path="obs://A/B"/></repository>
      <packages type="image"><package name="vim"/><package name="less"/></packages>
      <include from="this://more.xml"/>`);
    expect(names(outlineOf(text))).toEqual([
      [
        "image test",
        ["description system", "author Me", "contact me@example.com", "specification Test"],
        ["profiles (1)", ["profile Live", "requires Base"]],
        ["preferences", "version 1.2.3", "type oem"],
        ["repository main", "source https://example.com/"],
        ["repository obs://A/B", "source obs://A/B"],
        ["packages image (2)", "package vim", "package less"],
        "include this://more.xml",
      ],
    ]);
  });

  test("says what binds an element to some builds", () => {
    const [root] = outlineOf(
      '<image><preferences profiles="A,B"><type image="oem" filesystem="xfs"/></preferences></image>',
    );
    expect(root?.children[0]?.detail).toBe("A, B");
    expect(root?.children[0]?.children[0]?.detail).toBe("xfs");
  });

  test("cuts long texts, and keeps to the elements of a broken file", () => {
    expect(
      outlineOf(`<image><specification>${"x".repeat(500)}</specification></image>`)[0]?.children[0]?.name,
    ).toHaveLength(74);
    expect(names(outlineOf('<image name="a"><packages type="image"><package name="b"'))).toEqual([
      ["image a", ["packages image (1)", "package b"]],
    ]);
    expect(outlineOf("")).toEqual([]);
  });

  test("does not follow what nobody nests", () => {
    let depth = 0;
    for (let level = outlineOf("<a>".repeat(20_000)); level[0] !== undefined; level = level[0].children) depth++;
    expect(depth).toBe(50);
  });

  test("tells what an offset stands in", () => {
    const text = '<image name="a"><packages type="image"><package name="b"/></packages></image>';
    const path = outlinePath(outlineOf(text), text.indexOf("b"));
    expect(outlinePath(outlineOf(text), text.indexOf('"b"')).map(({ name }) => name)).toEqual([
      "image a",
      "packages image (1)",
      "package b",
    ]);
    expect(path[0]?.name).toBe("image a");
    expect(outlinePath(outlineOf(`${text}\n`), text.length)).toEqual([]);
  });
});
