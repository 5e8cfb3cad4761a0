import { describe, expect, test } from "vitest";
import { atMark, description } from "./testing/marked.test-support.ts";
import { schemaText, testLanguage } from "./testing/schema.test-support.ts";

function labels(marked: string): string[] {
  const { items } = testLanguage().complete(atMark(description(marked)));
  return items.map(({ label }) => label);
}

describe.skipIf(schemaText === null)("a slip before the cursor hides nothing", () => {
  const lines = (open: string) => `${open}\n    <package name="a"/>\n    <‸\n    <package name="b"/>\n  </packages>`;

  test.each([
    ["a lost <", 'packages type="image">'],
    ["a tag begun inside the name", '<p<packaackages type="image">'],
    ["an end tag inside the name", '<p</foo>ackages type="image">'],
    ["an end tag too many", '<packages type="image"></foo>'],
    ["an attribute before the name", '< name=packages type="image">'],
    ["a quote before the name", '<"packages type="image">'],
    ["a tag begun in the end tag before", '<users><user name="a"/></us<packaers>\n  <packages type="image">'],
  ])("%s", (_, open) => {
    expect(labels(lines(open))).toContain("package");
  });

  test("what may stand once and follows is not offered", () => {
    const offered = labels("prefer<ences>\n  <‸\n  <version>1</version>\n</preferences>");
    expect(offered).toContain("type");
    expect(offered).not.toContain("version");
  });
});

test.skipIf(schemaText === null)("where nothing else is broken, only the place itself counts", () => {
  const offered = labels('<packages type="image">\n    <‸\n    <package name="b"/>\n  </packages>');
  expect(offered).toContain("package");
  expect(offered).not.toContain("users");
});
