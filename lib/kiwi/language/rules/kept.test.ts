import { expect, test } from "vitest";
import { plainView, type View } from "#lib/relaxng/view.ts";
import { changeBetween } from "#lib/xml/edit/change-between.ts";
import { parseXml } from "#lib/xml/parse.ts";
import { reparse } from "#lib/xml/reparse.ts";
import type { XmlElement } from "#lib/xml/tree.ts";
import { type Kept, readElements } from "./kept.ts";

/** Reads the names of elements, and tells which it was asked about. */
function reader(text: string) {
  let document = parseXml(text);
  const kept: Kept<string> = new WeakMap();
  return {
    type(changed: string) {
      document = reparse(document, changeBetween(document.text, changed));
    },
    read(view: View = plainView) {
      const asked: string[] = [];
      const nameOf = (element: XmlElement) => {
        asked.push(element.name);
        return [element.name];
      };
      return { found: readElements(document.root as XmlElement, view, nameOf, kept), asked };
    },
  };
}

test("all elements are read once, in their order", () => {
  const { read } = reader("<r><a><b><c/></b><d/></a><e/></r>");
  expect(read()).toEqual({ found: ["a", "b", "c", "d", "e"], asked: ["a", "b", "c", "d", "e"] });
  expect(read()).toEqual({ found: ["a", "b", "c", "d", "e"], asked: [] });
});

test("where something changed, only what stands there is read again", () => {
  const { read, type } = reader("<r> <a> <b><c/></b> <d/> <e/> </a> <f><g/></f> </r>");
  read();
  type('<r> <a> <b><c x="1"/></b> <d/> <e/> </a> <f><g/></f> </r>');
  expect(read()).toEqual({ found: ["a", "b", "c", "d", "e", "f", "g"], asked: ["a", "b", "c"] });
  type('<r> <a> <b><c x="1"/></b> <new/> <d/> <e/> </a> <f><g/></f> </r>');
  const { found, asked } = read();
  expect(found).toEqual(["a", "b", "c", "new", "d", "e", "f", "g"]);
  expect(asked).toContain("new");
  for (const far of ["b", "e", "f"]) expect(asked).not.toContain(far);
  type("<r> <a> <new/> <d/> <e/> </a> <f><g/></f> </r>");
  expect(read().found).toEqual(["a", "new", "d", "e", "f", "g"]);
});

test("what a view shows otherwise than it is written is read each time", () => {
  const { read } = reader("<r><a><b/><c/></a><d/></r>");
  const attributes = (element: XmlElement) => (element.name === "b" ? [...element.attributes] : element.attributes);
  const view = { ...plainView, attributes };
  read(view);
  expect(read(view)).toEqual({ found: ["a", "b", "c", "d"], asked: ["a", "b"] });
});
