import { beforeEach, describe, expect, it } from "vitest";
import { LanguageDesk } from "./desk.ts";

const main = `<?xml version="1.0"?>
<image schemaversion="8.0" name="demo">
  <include from="this://./part.xml"/>
</image>
`;

/** Without a schema the service knows what is well-formed and what includes what, which is all that matters here. */
describe("the desk of the language worker", () => {
  let desk: LanguageDesk;
  const check = (...others: string[]) => desk.check({ main: "main.kiwi", others }).problems;
  const files = () => check("part.xml").map(({ file, ofImage }) => ({ file, ofImage }));

  beforeEach(() => {
    desk = new LanguageDesk();
    desk.take({
      kind: "folder",
      settings: [],
      files: [
        { path: "main.kiwi", text: main },
        { path: "part.xml", text: "<image><packages type='image'/></image>" },
        { path: "alone.xml", text: "<image></imag>" },
      ],
      mains: ["main.kiwi"],
      entries: ["main.kiwi", "part.xml", "alone.xml"],
    });
  });

  it("has nothing to say of sound files, and of files that are not there", () => {
    expect(check("part.xml", "gone.xml")).toEqual([]);
  });

  it("hears settings that were made in the editor and are on no disk yet", () => {
    desk.take({ kind: "text", path: ".kiwi-workbench.json", text: '{"rules": {"plain-htp": "off"}}', version: 1 });
    expect(check().map(({ code, file }) => ({ code, file }))).toEqual([
      { code: "unknown-rule", file: ".kiwi-workbench.json" },
    ]);
  });

  it("judges the text in the editor, and the one on disk again when it is closed", () => {
    desk.take({ kind: "text", path: "part.xml", text: "<image><packages></image>", version: 1 });
    expect(files()).not.toEqual([]);
    desk.take({ kind: "closed", path: "part.xml" });
    expect(files()).toEqual([]);
  });

  it("follows what is typed, and says which version it speaks of", () => {
    desk.take({ kind: "text", path: "part.xml", text: "<image></image>", version: 1 });
    const edits = [{ start: 7, end: 7, text: "<users>" }];
    desk.take({ kind: "edits", path: "part.xml", from: 1, to: 2, edits, length: 22 });
    const { problems, versions } = desk.check({ main: "main.kiwi", others: ["part.xml"] });
    expect(problems.some(({ file, code }) => file === "part.xml" && code === "unclosed-element")).toBe(true);
    expect(versions).toEqual({ "part.xml": 2 });
  });

  it("says nothing of a text whose edits do not fit, until it comes as a whole", () => {
    desk.take({ kind: "text", path: "alone.xml", text: "<image/>", version: 1 });
    desk.take({ kind: "edits", path: "alone.xml", from: 2, to: 3, edits: [], length: 8 });
    expect(desk.check({ main: "main.kiwi", others: ["alone.xml"] })).toEqual({ problems: [], versions: {} });
    desk.take({ kind: "text", path: "alone.xml", text: "<image/>", version: 3 });
    expect(desk.check({ main: "main.kiwi", others: ["alone.xml"] }).versions).toEqual({ "alone.xml": 3 });
  });

  it("places a problem in the included file, once, and knows that it belongs to the image", () => {
    desk.take({ kind: "text", path: "part.xml", text: "<image><packages></image>", version: 1 });
    const found = check("part.xml").filter(({ file }) => file === "part.xml");
    const keys = found.map(({ line, column, code, message }) => `${line} ${column} ${code} ${message}`);
    expect(keys.length).toBeGreaterThan(0);
    expect(new Set(keys).size).toBe(keys.length);
    expect(found.every(({ ofImage }) => ofImage)).toBe(true);
  });

  it("keeps problems of files apart that only happen to be open", () => {
    const found = check("alone.xml");
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ file, ofImage }) => file === "alone.xml" && !ofImage)).toBe(true);
  });

  it("mends a problem of an included file as part of the image", () => {
    desk.take({ kind: "text", path: "part.xml", text: "<image><packages></image>", version: 1 });
    const problem = check("part.xml").find(({ code }) => code === "unclosed-element");
    if (problem === undefined) throw new Error("no problem to mend");
    const [first] = desk.fixes({ main: "main.kiwi", problem });
    expect(first).toMatchObject({ preferred: true, edits: [{ path: "part.xml" }] });
    expect(desk.fixes({ main: "gone.kiwi", problem })).toEqual([]);
  });

  it("offers and explains nothing without a schema", () => {
    expect(desk.complete({ path: "main.kiwi", offset: 30 })).toEqual({ items: [] });
    expect(desk.hover({ path: "main.kiwi", offset: 30 })).toBeNull();
    expect(desk.complete({ path: "gone.xml", offset: 0 })).toEqual({ items: [] });
  });

  it("converts a file as it stands in the editor", () => {
    desk.take({ kind: "text", path: "main.kiwi", text: '<image schemaversion="8.0" name="new"/>', version: 1 });
    const conversion = desk.convert({ path: "main.kiwi", to: "yaml" });
    expect(conversion).toMatchObject({ path: "main.yaml", changes: [] });
    expect("text" in conversion && conversion.text).toContain("new");
    expect(desk.convert({ path: "gone.kiwi", to: "yaml" })).toHaveProperty("refusal");
  });
});
