import { expect, it } from "vitest";
import { imageFiles } from "./mains.ts";

it("finds the image files beside the edited one", () => {
  const paths = ["part.xml", "b.kiwi", "sub/c.kiwi", "config.xml", "a.yaml"];
  expect(imageFiles("a.yaml", paths)).toEqual(["a.yaml", "b.kiwi", "config.xml"]);
  expect(imageFiles("b.kiwi", paths)).toEqual(["b.kiwi", "config.xml"]);
});
