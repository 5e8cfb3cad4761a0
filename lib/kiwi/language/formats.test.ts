import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLanguage } from "./index.ts";
import { requestFor } from "./testing/marked.test-support.ts";
import { schemaText, testSchema, withoutRules } from "./testing/schema.test-support.ts";

const language = () =>
  withoutRules(
    createLanguage({
      schema: testSchema(),
      kiwiVersion: "11",
      schemaVersion: null,
      formats: ["yaml", "json", "json5", "toml"],
    }),
  );

/** Problems of a text that marks their places by `«` and `»`, as the texts that they mark and their codes. */
function problemsOf(path: string, marked: string) {
  const text = marked.replace(/[«»]/g, "");
  const lines = text.split("\n");
  return language()
    .validate(requestFor(text, { path, mains: [path] }))
    .filter(({ severity }) => severity === "error")
    .map(({ line, column, endLine, endColumn, code, message }) => {
      const shown = lines[line - 1]?.slice(column - 1, endLine === line ? endColumn - 1 : undefined) ?? "";
      return { at: `${line}:${column}`, shown, code, message };
    });
}

/** The places of the marks, as line and column. */
function marksOf(marked: string): string[] {
  return marked.split("\n").flatMap((line, index) => {
    const column = line.replaceAll("»", "").indexOf("«");
    return column < 0 ? [] : [`${index + 1}:${column + 1}`];
  });
}

const yaml = (inner: string) => `image:
  "@schemaversion": "8.5"
  "@name": test
  description: {"@type": system, author: me, contact: me@x.de, specification: none}
${inner.replace(/^/gm, "  ")}
`;
const json = (inner: string) => `{
  "image": {
    "@schemaversion": "8.5",
    "@name": "test",
    "description": {"@type": "system", "author": "me", "contact": "me@x.de", "specification": "none"},
    ${inner}
  }
}
`;
const toml = (inner: string) => `[image]
"@schemaversion" = "8.5"
"@name" = "test"
[image.description]
"@type" = "system"
author = "me"
contact = "me@x.de"
specification = "none"
${inner}
`;
const sound =
  'preferences:\n  version: 1.2.3\n  packagemanager: apt\n  type:\n    "@image": oem\n    "@filesystem": ext4';
const repository = '\nrepository:\n  source:\n    "@path": obs://x';

describe.skipIf(schemaText === null)("problems in other formats than XML", () => {
  test.each([
    ["config.yaml", yaml(sound + repository)],
    ["appliance.kiwi", yaml(sound + repository)],
    [
      "config.json",
      json(
        '"preferences": {"version": "1.2.3", "packagemanager": "apt", "type": {"@image": "oem", "@filesystem": "ext4"}}',
      ),
    ],
    [
      "config.toml",
      toml(
        '[image.preferences]\nversion = "1.2.3"\npackagemanager = "apt"\n[[image.preferences.type]]\n"@image" = "oem"\n"@filesystem" = "ext4"',
      ),
    ],
  ])("a sound %s has none", (path, text) => {
    expect(problemsOf(path, text)).toEqual([]);
  });

  test.each([
    ["an attribute", "config.yaml", yaml(sound.replace("@filesystem", "@«filesystm"))],
    ["a value", "config.yaml", yaml(sound.replace("oem", "«oen"))],
    ["a text", "config.yaml", yaml(sound.replace("apt", "«atp"))],
    ["an element", "config.yaml", yaml(sound.replace("packagemanager", "«packagemanger"))],
    [
      "an item of a list",
      "config.yaml",
      yaml(
        `${sound}\npackages:\n  - "@type": image\n    package:\n      - "@name": vim\n      - «"@arch": x86_64\n      - "@name": x`,
      ),
    ],
    ["a rule", "config.yaml", yaml(sound.replace(/\n {4}"@filesystem".*/, "").replace("@image", "@«image"))],
    [
      "a fault of the format",
      "config.yaml",
      yaml(sound.replace("oem", "[oem").replace('"@filesystem', '«"@filesystem')),
    ],
    ["an attribute in JSON", "config.json", json('"preferences": {"type": {"@image": "oem", "@«x": "y"}}')],
    ["an attribute in TOML", "config.toml", toml('[[image.preferences.type]]\n"@image" = "oem"\n"@«x" = "y"')],
    ["the root", "config.yaml", "«other:\n  a: 1\n"],
  ])("%s is shown in its own place", (_, path, marked) => {
    const found = problemsOf(path, marked);
    expect(
      found.map(({ at }) => at),
      JSON.stringify(found),
    ).toEqual(expect.arrayContaining(marksOf(marked)));
  });

  test("keys are called as they are written", () => {
    const messages = (text: string) => problemsOf("config.yaml", text).map(({ message }) => message);
    expect(messages(yaml(sound.replace("@filesystem", "@filesystm")))).toContain(
      '"@filesystm" is not allowed in "type". Did you mean "@filesystem"?',
    );
    expect(messages(yaml(sound.replace(/\n {4}"@filesystem".*/, "")))).toContain(
      '"type" with "@image": "oem" needs "@filesystem".',
    );
    expect(messages(yaml(sound.replace("oem", "oen")))[0]).toContain('"oen" is not allowed for "@image": it must be ');
  });
});

describe.skipIf(schemaText === null)("hover in other formats than XML", () => {
  test.each([
    ["a key", yaml(sound.replace("preferences", "pre‸ferences")), "**`preferences`**"],
    ["an attribute", yaml(sound.replace("@filesystem", "@file‸system")), '**`"@filesystem"`** of `type`'],
    ["a value", yaml(sound.replace("ext4", "ex‸t4")), '**`"@filesystem"`** of `type`'],
    ["a list", yaml(`${sound}\npac‸kages:\n  - "@type": image\n`), "**`packages`**"],
  ])("over %s", (_, marked, title) => {
    const text = marked.replace("‸", "");
    const offset = marked.indexOf("‸");
    const found = language().hover({ ...requestFor(text, { path: "config.yaml" }), offset });
    expect(found?.markdown).toContain(title);
  });
});

test("the outline of YAML leads to the items of lists", () => {
  const text = 'image:\n  packages:\n    - "@type": image\n      package: [{"@name": a}]\n    - "@type": bootstrap\n';
  const request = requestFor(text, { path: "config.yaml", mains: ["config.yaml"] });
  const bare = createLanguage({ schema: null, kiwiVersion: null, schemaVersion: null });
  const [image] = bare.outline(request);
  const shown = image?.children.map(({ name, start, end, nameStart, nameEnd }) => {
    return [name, text.slice(nameStart, nameEnd), start <= nameStart && nameEnd <= end];
  });
  expect(shown).toEqual([
    ["packages image (1)", '"@type"', true],
    ["packages bootstrap (0)", '"@type"', true],
  ]);
});

test("a text that is too long is not judged, and not refused", () => {
  const text = `image:\n  a: ${"x".repeat(300 * 1024)}\n`;
  const bare = createLanguage({ schema: null, kiwiVersion: null, schemaVersion: null });
  const problems = bare.validate(requestFor(text, { path: "config.yaml", mains: ["config.yaml"] }));
  expect(problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(["warning too-long"]);
});

test("whatever stands in a file, every question gets an answer inside of the text", () => {
  const pieces = [
    "image:",
    "\n",
    "  ",
    "- ",
    '"@name"',
    ": ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&a",
    "*a",
    "<<",
    "|",
    "#",
    "'",
    '"',
    "\t",
    "é",
  ];
  const texts = fc.array(fc.constantFrom(...pieces, "= ", "[[image", "x", "1.10"), { maxLength: 40 });
  const bare =
    schemaText === null ? createLanguage({ schema: null, kiwiVersion: null, schemaVersion: null }) : language();
  fc.assert(
    fc.property(texts, fc.nat(), fc.constantFrom("a.yaml", "a.json", "a.json5", "a.toml"), (list, place, path) => {
      const text = list.join("");
      const request = requestFor(text, { path, mains: [path] });
      const offset = place % (text.length + 1);
      for (const problem of bare.validate(request)) expect(problem.line).toBeLessThanOrEqual(text.split("\n").length);
      for (const { start, end } of bare.complete({ ...request, offset }).items) {
        expect(start).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(text.length);
      }
      bare.hover({ ...request, offset });
      bare.outline(request);
      bare.lenses(request);
      bare.references({ ...request, offset });
    }),
    { numRuns: 1500 },
  );
});
