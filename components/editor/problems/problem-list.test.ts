import { describe, expect, it } from "vitest";
import { markerOf } from "../language/markers.ts";
import type { FileProblem } from "../language/protocol.ts";
import { countProblems, countsInWords, neighbour, sortProblems } from "./problem-list.ts";

const problem = (file: string, line: number, column = 1, severity: FileProblem["severity"] = "error"): FileProblem => ({
  file,
  line,
  column,
  endLine: line,
  endColumn: column + 4,
  severity,
  layer: "relaxng",
  code: "attribute-not-allowed",
  message: `${file} ${line}`,
  ofImage: true,
});

const sorted = sortProblems(
  [
    problem("b.xml", 2),
    problem("main.kiwi", 9),
    problem("a.xml", 1),
    problem("main.kiwi", 9, 5),
    problem("main.kiwi", 3),
  ],
  "main.kiwi",
);
const places = sorted.map(({ file, line, column }) => `${file}:${line}:${column}`);

describe("the list of problems", () => {
  it("reads the image file first, then the others by name", () => {
    expect(places).toEqual(["main.kiwi:3:1", "main.kiwi:9:1", "main.kiwi:9:5", "a.xml:1:1", "b.xml:2:1"]);
  });

  it("counts in words", () => {
    const counts = countProblems([problem("a", 1), problem("a", 2), problem("a", 3, 1, "warning")]);
    expect(countsInWords(counts)).toBe("2 errors, 1 warning");
    expect(countsInWords(countProblems([problem("a", 1, 1, "info")]))).toBe("1 note");
    expect(countsInWords(countProblems([]))).toBe("No problems");
  });
});

describe("going from problem to problem", () => {
  const from = (file: string, line: number, column: number, step: 1 | -1) => {
    const next = neighbour(sorted, { file, line, column }, "main.kiwi", step);
    return next && `${next.file}:${next.line}:${next.column}`;
  };

  it("goes to the next one after the cursor, from file to file", () => {
    expect(from("main.kiwi", 3, 1, 1)).toBe("main.kiwi:9:1");
    expect(from("main.kiwi", 9, 5, 1)).toBe("a.xml:1:1");
    expect(from("aa.xml", 7, 1, 1)).toBe("b.xml:2:1");
  });

  it("goes back, and round at both ends", () => {
    expect(from("a.xml", 1, 1, -1)).toBe("main.kiwi:9:5");
    expect(from("b.xml", 2, 1, 1)).toBe("main.kiwi:3:1");
    expect(from("main.kiwi", 1, 1, -1)).toBe("b.xml:2:1");
    expect(neighbour([], { file: "a", line: 1, column: 1 }, "a", 1)).toBeUndefined();
  });
});

describe("marks in the editor", () => {
  it("stand where the problem stands", () => {
    expect(markerOf(problem("a.xml", 4, 7, "warning"))).toMatchObject({
      startLineNumber: 4,
      startColumn: 7,
      endLineNumber: 4,
      endColumn: 11,
      severity: 4,
      code: "attribute-not-allowed",
    });
  });

  it("can be seen where the problem has no extent", () => {
    expect(markerOf({ ...problem("a.xml", 4, 7), endColumn: 7 })).toMatchObject({ startColumn: 7, endColumn: 8 });
  });
});
