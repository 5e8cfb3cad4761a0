import { describe, expect, test } from "vitest";
import { dataType, oneOf, valueType } from "./datatypes.ts";
import { nearest } from "./did-you-mean.ts";
import { compileXsdRegex, spelledValues } from "./xsd-regex.ts";

describe("datatypes of XML Schema", () => {
  test.each<[string, string[], string[]]>([
    ["boolean", ["true", "false", "0", "1", " true "], ["TRUE", "yes", ""]],
    ["nonNegativeInteger", ["0", "+7", "-0", " 12 ", "99999999999999999999"], ["-1", "1.5", "", "1e3", "0x1"]],
    ["integer", ["-3", "+3"], ["3.0", "three"]],
    ["anyURI", ["", "http://example.com/a?b#c", "file%20name", "a b"], ["100%", "%zz"]],
    ["ID", ["a", "_b.c-d"], ["1a", "a:b", "a b", ""]],
  ])("%s", (name, right, wrong) => {
    const type = dataType(name, []);
    expect(right.filter((text) => !type.accepts(text))).toEqual([]);
    expect(wrong.filter((text) => type.accepts(text))).toEqual([]);
  });

  test("facets narrow a type", () => {
    const type = dataType("integer", [{ name: "minInclusive", value: "2048" }]);
    expect([type.accepts("2048"), type.accepts("2047")]).toEqual([true, false]);
    expect(type.description).toBe("a whole number, 2048 or more");
  });

  test("patterns see a value without the blanks around it", () => {
    const type = dataType("token", [{ name: "pattern", value: "\\d+" }]);
    expect([type.accepts(" 12\n"), type.accepts("1 2")]).toEqual([true, false]);
  });

  test("a value may have blanks around it", () => {
    expect(valueType("token", "a b").accepts(" a   b\n")).toBe(true);
    expect(valueType("string", "a b").accepts(" a b")).toBe(false);
  });
});

test("patterns match whole values, and know the digits of all scripts", () => {
  expect(compileXsdRegex("a|bc")?.test("abc")).toBe(false);
  expect(compileXsdRegex("\\d+")?.test("٣")).toBe(true);
  expect(compileXsdRegex("[a\\-z]")?.test("-")).toBe(true);
  expect(compileXsdRegex("^a$")?.test("^a$")).toBe(true);
});

test("patterns spell out the values that can be listed", () => {
  expect(spelledValues("(oci|docker):(vdi|raw)")).toEqual({
    values: ["oci:vdi", "oci:raw", "docker:vdi", "docker:raw"],
    complete: true,
  });
  expect(spelledValues("(\\d+|\\d+M|all)")).toEqual({ values: ["all"], complete: false });
  expect(spelledValues("(a|b)(,(a|b))*")).toEqual({ values: ["a", "b"], complete: false });
});

test("the nearest word is one that someone may have meant", () => {
  const words = ["firmware", "format", "filesystem"];
  expect(nearest("firmwrae", words)).toBe("firmware");
  expect(nearest("Format", words)).toBe("format");
  expect(nearest("bootloader", words)).toBeNull();
});

test("lists end with or", () => {
  expect([oneOf(["a"]), oneOf(["a", "b"]), oneOf(["a", "b", "c"])]).toEqual(['"a"', '"a" or "b"', '"a", "b" or "c"']);
});
