import { expect, test } from "vitest";
import { errorMessage, refusedField } from "./error-message.ts";

test("a backend that is away is explained, everything else is passed on", () => {
  expect(errorMessage(new TypeError("Failed to fetch"))).toMatch(/cannot be reached/);
  expect(errorMessage(new Error("The folder exists already."))).toBe("The folder exists already.");
  expect(errorMessage("plain")).toBe("plain");
});

test("a refusal names its field", () => {
  expect(refusedField(new Error("folder: must be a plain relative path"))).toEqual({
    field: "folder",
    reason: "must be a plain relative path",
  });
  expect(refusedField(new Error("There is no such build."))).toBe(null);
});
