import { expect, test } from "vitest";
import { createReader } from "./reading.ts";
import { requestFor } from "./testing/marked.test-support.ts";

const main = '<image><include from="this://part.xml"/></image>';
const read = createReader({ xmlThroughMarkup: false });

test("what has not changed is not read again", () => {
  const files = { "part.xml": "<image><packages/></image>" };
  const first = read(requestFor(main, { files }));
  const second = read(requestFor(main, { files }));
  expect(second.document).toBe(first.document);
  expect(second.contexts[0]).toBe(first.contexts[0]);
});

test("a changed file is read, and what includes it is put together anew", () => {
  const before = read(requestFor(main, { files: { "part.xml": "<image/>" } }));
  const after = read(requestFor(main, { files: { "part.xml": "<image><users/></image>" } }));
  expect(after.document).toBe(before.document);
  expect(after.contexts[0]).not.toBe(before.contexts[0]);
  expect(after.contexts[0].fragments[0]?.text).toBe("<image><users/></image>");
  expect(read(requestFor(main)).contexts[0].fragments).toEqual([]);
});

test("a fragment stands in the context of all that include it, with the text that is asked about", () => {
  const files = { "a.kiwi": main, "b.kiwi": main, "c.kiwi": "<image/>", "part.xml": "<image/>" };
  const request = requestFor("<image><users/></image>", {
    path: "part.xml",
    files,
    mains: ["a.kiwi", "b.kiwi", "c.kiwi"],
  });
  const { document, contexts } = read(request);
  expect(contexts.map((context) => context.main.path)).toEqual(["a.kiwi", "b.kiwi"]);
  for (const { fragments } of contexts) expect(fragments).toEqual([document]);
});

test("a file that nothing includes stands alone", () => {
  const { document, contexts } = read(requestFor("<image/>", { path: "alone.xml", files: { "config.xml": main } }));
  expect(contexts.map((context) => context.main)).toEqual([document]);
});
