import { describe, expect, test } from "vitest";
import { applyEdits } from "#lib/xml/edit/text-edit.ts";
import { createLanguage } from "../index.ts";
import { requestFor } from "../testing/marked.test-support.ts";
import { schemaText, testSchema } from "../testing/schema.test-support.ts";

const language = () => {
  const formats = ["yaml", "json", "toml"] as const;
  return createLanguage({ schema: testSchema(), kiwiVersion: "11", schemaVersion: null, formats });
};

/** The text after the first fix of the first problem with that code. */
function mended(path: string, text: string, code: string): string {
  const request = requestFor(text, { path, mains: [path] });
  const problems = language().validate(request);
  const problem = problems.find((one) => one.code === code);
  if (problem === undefined) throw new Error(`no ${code}: ${JSON.stringify(problems)}`);
  return applyEdits(text, language().fixes(request, problem)[0]?.edits ?? []);
}

const yaml = (inner: string) => `image:
  "@schemaversion": "8.5"
  "@name": test
  description: {"@type": system, author: me, contact: me@x.de, specification: none}
  preferences:
    version: 1.2.3
    ${inner}
`;
const json = (inner: string) => `{"image": {"@schemaversion": "8.5", "@name": "test",
  "description": {"@type": "system", "author": "a", "contact": "b", "specification": "c"},
  "preferences": {
    ${inner}
    "packagemanager": "apt"
  }
}}
`;

describe.skipIf(schemaText === null)("fixes in other formats than XML", () => {
  test.each([
    ["attribute-not-allowed", 'type: {"@image": iso, "@firmwar": efi}', 'type: {"@image": iso, "@firmware": efi}'],
    ["wrong-value", "packagemanager: dnf-4", "packagemanager: dnf4"],
    ["element-not-allowed", "packagemanger: apt", "packagemanager: apt"],
    [
      "missing-attribute",
      'type:\n      - "@flags": dmsquash',
      'type:\n      - "@image": iso\n        "@flags": dmsquash',
    ],
    ["number-rewritten", "locale: 1.10", 'locale: "1.10"'],
    ["duplicate-key", "locale: a\n    locale: b", "locale: b"],
    ["yaml-tab", "locale:\ta", "locale:  a"],
    ["attribute-not-allowed", '"@zzzzzz": a\n    locale: b', "locale: b"],
  ])("%s: %j", (code, wrong, right) => {
    const after = mended("config.yaml", yaml(wrong), code);
    expect(after).toContain(yaml(right).trimEnd());
    expect(after).not.toContain(wrong.split("\n").at(-1) === right ? "zzzzzz" : wrong);
  });

  test("in JSON with its commas", () => {
    const type = (inner: string) => json(`"type": [{\n      ${inner}\n    }],`);
    expect(mended("config.json", type('"@flags": "dmsquash"'), "missing-attribute")).toContain(
      '",\n      "@flags": "dmsquash"\n',
    );
    expect(mended("config.json", json('"version": "1.2.3"'), "json-comma")).toContain('"1.2.3"\n    ,"packagemanager"');
    expect(mended("config.json", json('"version": 1.10,'), "number-rewritten")).toContain('"version": "1.10",');
  });
});
