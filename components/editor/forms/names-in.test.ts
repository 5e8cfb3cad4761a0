import { expect, test } from "vitest";
import { namesIn } from "./names-in.ts";

test("names are read from whatever was pasted", () => {
  expect(namesIn(' vim, "curl"\n<git>;vim #comment ')).toEqual(["vim", "curl", "git"]);
});
