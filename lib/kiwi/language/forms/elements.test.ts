import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "#lib/xml/edit/text-edit.ts";
import { createLanguage, type FormElement, type Language } from "../index.ts";
import { description, requestFor } from "../testing/marked.test-support.ts";
import { corpus, schemaText, testSchema } from "../testing/schema.test-support.ts";
import type { FormAnswer, FormChange } from "./change.ts";
import type { FormPlace } from "./element-place.ts";

const text = description(`<preferences>
    <!-- counts -->
    <version>1.0.0</version>
    <packagemanager>apt</packagemanager>
    <type image="oem" filesystem="ext4" installiso="true"> <!-- a disk -->
      <size unit="G">4</size>
      <oemconfig>
        <oem-resize>false</oem-resize>
      </oemconfig>
    </type>
  </preferences>
  <!-- the first -->
  <repository>
    <source path="https://one.example.org/"/>
  </repository>
  <repository alias='two'>
    <source path="https://two.example.org/"/>
  </repository> <!-- the second -->
  <packages type="image"><package name="vim"/></packages>
  <packages type="bootstrap"/>`);

type Files = Readonly<Record<string, string>>;

function rootOf(language: Language, source: string, files: Files = {}): FormElement {
  const form = language.form(requestFor(source, { files }));
  if ("reason" in form) throw new Error(form.reason);
  return form.elements;
}

const all = (element: FormElement): FormElement[] => [element, ...element.children.flatMap(all)];

function named(root: FormElement, name: string, index = 0): FormElement {
  const found = all(root).filter(({ element }) => element === name)[index];
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/** The text after a change that must not be refused. */
function after(source: string, answer: FormAnswer): string {
  if ("refusal" in answer) throw new Error(answer.refusal);
  return applyEdits(source, answer.edits);
}

test("without KIWI's schema there is a form all the same", () => {
  const plain = createLanguage({ schema: null, kiwiVersion: null, schemaVersion: null });
  const type = named(rootOf(plain, text), "type");
  expect(type).toMatchObject({ path: "config.xml", line: 11, endLine: 16 });
  expect(type.fields.map(({ name, value }) => [name, value])).toEqual([
    ["image", "oem"],
    ["filesystem", "ext4"],
    ["installiso", "true"],
  ]);
  const fields = [{ name: "filesystem", value: "xfs" }];
  expect(after(text, plain.changeForm(requestFor(text), { kind: "set", place: type, fields }))).toBe(
    text.replace("ext4", "xfs"),
  );
});

test("what is no sound XML has no form, and it is said why", () => {
  const plain = createLanguage({ schema: null, kiwiVersion: null, schemaVersion: null });
  const yaml = requestFor("image:\n  '@name': x\n", { path: "config.yaml", mains: ["config.yaml"] });
  expect(plain.form(yaml)).toEqual({ reason: "config.yaml is no XML description: edit its text instead." });
  expect(plain.form(requestFor("<image>\n<a>\n</image>"))).toMatchObject({ reason: /^config\.xml is not well-formed/ });
});

describe.skipIf(schemaText === null)("with KIWI's schema", () => {
  const language =
    schemaText === null
      ? (undefined as never)
      : createLanguage({ schema: testSchema(), kiwiVersion: "11", schemaVersion: null });
  const ask = (change: FormChange, files: Files = {}) => language.changeForm(requestFor(text, { files }), change);
  const root = schemaText === null ? (undefined as never) : rootOf(language, text);
  const choices = (place: FormPlace) => language.formChoices(requestFor(text), place);

  test("fields say what they mean and what they take, and elements without packages are there", () => {
    const type = named(root, "type");
    expect(type.fields[1]).toMatchObject({ name: "filesystem", closed: true, required: false });
    expect(type.fields[1]?.values).toContain("xfs");
    expect(type.fields[1]?.documentation).toBe("Specifies the root filesystem type.");
    expect(type.fields[0]).toMatchObject({ name: "image", required: true });
    expect(named(root, "size").fields.map(({ name, value }) => [name, value])).toEqual([
      [null, "4"],
      ["unit", "G"],
    ]);
    expect(named(root, "version")).toMatchObject({ plain: true, repeats: false, takesMore: false });
    expect(named(root, "repository")).toMatchObject({ required: false, repeats: true, takesMore: true });
    expect(named(root, "description")).toMatchObject({ required: true, repeats: false });
    expect(root.children.map(({ element }) => element)).toEqual([
      "description",
      "preferences",
      "repository",
      "repository",
    ]);
  });

  test("problems stand at what they are about", () => {
    const wrong = rootOf(language, text.replace('"ext4"', '"ext5"').replace(">4<", ">four<"));
    expect(named(wrong, "type").fields[1]?.problems[0]).toMatchObject({ severity: "error", message: /"ext5"/ });
    expect(named(wrong, "size").fields[0]?.problems[0]).toMatchObject({ severity: "error", message: /"four"/ });
  });

  test("only what applies to the image type is offered, with what has to be said of it", () => {
    const offered = choices(named(root, "type")).map(({ name }) => name);
    expect(offered).toContain("luks");
    expect(offered).toContain("bootloader");
    expect(offered).not.toContain("filesystem");
    expect(offered).not.toContain("metadata_path");
    const users = choices(root).find(({ name }) => name === "users");
    expect(users?.blanks.map(({ label }) => label)).toEqual(["user name", "user password"]);
    const repository = choices(root).find(({ name }) => name === "repository");
    expect(repository?.blanks.map(({ label, optional }) => [label, optional])).toEqual([
      ["source path", false],
      ["alias", true],
    ]);
  });

  test("a change that the schema does not take is refused with its reason", () => {
    const type = named(root, "type");
    const bad = ask({ kind: "set", place: type, fields: [{ name: "filesystem", value: "ntfs" }] });
    expect(bad).toMatchObject({ refusal: /"ntfs" is not allowed/ });
    expect(ask({ kind: "remove", place: named(root, "version") })).toMatchObject({ refusal: /version/ });
    expect(ask({ kind: "remove", place: named(root, "description") })).toMatchObject({ refusal: /<description>/ });
    expect(ask({ kind: "remove", place: root })).toHaveProperty("refusal");
    expect(ask({ kind: "remove", place: { at: type.at, element: "size" } })).toMatchObject({ refusal: /meanwhile/ });
  });

  test("another image type takes away what does not apply to it, where that is wanted", () => {
    const place = named(root, "type");
    const answer = ask({ kind: "set", place, fields: [{ name: "image", value: "docker" }] });
    if (!("instead" in answer) || answer.instead === undefined) throw new Error("nothing is offered instead");
    expect(answer.instead.words).toBe("Change it and remove filesystem, installiso");
    expect(after(text, ask(answer.instead.change))).toBe(
      text.replace('image="oem" filesystem="ext4" installiso="true"', 'image="docker"'),
    );
  });

  test("new elements stand behind their like with what was filled in", () => {
    const repository = ask({ kind: "add", place: root, element: "repository", values: ["https://x.org/", ""] });
    expect(after(text, repository)).toBe(
      text.replace(
        "<!-- the second -->\n",
        '<!-- the second -->\n  <repository>\n    <source path="https://x.org/"/>\n  </repository>\n',
      ),
    );
    const locale = ask({ kind: "add", place: named(root, "preferences"), element: "locale", values: ["de_DE"] });
    expect(after(text, locale)).toBe(text.replace("    </type>\n", "    </type>\n    <locale>de_DE</locale>\n"));
    const user = ask({ kind: "add", place: root, element: "users", values: ["tux", "$6$a$b"] });
    expect(after(text, user)).toContain('  <users>\n    <user name="tux" password="$6$a$b"/>\n  </users>\n');
  });

  test("elements are moved with their comments, copied, and removed", () => {
    const second = named(root, "repository", 1);
    expect(after(text, ask({ kind: "move", place: second, to: "up" }))).toBe(
      text.replace(
        /( {2}<!-- the first -->[^]*?<\/repository>\n)( {2}<repository alias[^]*<!-- the second -->\n)/,
        "$2$1",
      ),
    );
    expect(ask({ kind: "move", place: second, to: "down" })).toEqual({ edits: [] });
    const first = named(root, "repository");
    expect(after(text, ask({ kind: "copy", place: first }))).toBe(
      text.replace(/( {2}<repository>[^]*?<\/repository>\n)/, "$1$1"),
    );
    expect(after(text, ask({ kind: "remove", place: named(root, "size") }))).toBe(
      text.replace('      <size unit="G">4</size>\n', ""),
    );
  });

  test("a change lands in the fragment that holds the element", () => {
    const files = {
      "part.xml": '<image>\n  <repository alias="r"><source path="https://r.org/"/></repository>\n</image>\n',
    };
    const main = text.replace("  <repository>", '  <include from="this://part.xml"/>\n  <repository>');
    const repository = named(rootOf(language, main, files), "repository");
    expect(repository).toMatchObject({ path: "part.xml", line: 2 });
    const change: FormChange = { kind: "set", place: repository, fields: [{ name: "alias", value: null }] };
    expect(language.changeForm(requestFor(main, { files }), change)).toEqual({
      edits: [{ path: "part.xml", start: 21, end: 31, text: "" }],
    });
  });

  test("KIWI's further checks can be answered later", () => {
    const place = named(root, "type");
    const fields = [{ name: "image", value: "iso" }];
    const answer = language.changeForm(requestFor(text), { kind: "set", place, fields, fitting: true });
    if (!("instead" in answer) || answer.instead === undefined) throw new Error("nothing is offered instead");
    expect(answer.instead.words).toBe("Do it anyway");
    expect(language.changeForm(requestFor(text), answer.instead.change)).toHaveProperty("edits");
  });

  describe("any sequence of changes", () => {
    const step = fc.record({
      kind: fc.constantFrom("set", "set", "unset", "add", "add", "remove", "copy", "move"),
      element: fc.nat(200),
      pick: fc.nat(200),
      value: fc.constantFrom("true", "x", "", "1.2.3", "<&>\"' ", "de_DE,en_US", "https://example.org/", "512"),
    });
    type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

    function changeOf({ kind, element, pick, value }: Step, root: FormElement, request: ReturnType<typeof requestFor>) {
      const elements = all(root);
      const place = elements[element % elements.length] as FormElement;
      const field = place.fields[pick % Math.max(1, place.fields.length)];
      switch (kind) {
        case "set": {
          const chosen = field?.values[pick % Math.max(1, field.values.length)] ?? value;
          return (
            field && ({ kind, place, fields: [{ name: field.name, value: chosen }], fitting: pick % 2 === 0 } as const)
          );
        }
        case "unset":
          return field?.name && ({ kind: "set", place, fields: [{ name: field.name, value: null }] } as const);
        case "add": {
          const choices = language.formChoices(request, place);
          const choice = choices[pick % Math.max(1, choices.length)];
          if (choice === undefined) return undefined;
          const values = choice.blanks.map(({ suggested, optional }) => (optional ? "" : suggested || value));
          if (choice.kind === "element") return { kind, place, element: choice.name, values } as const;
          return { kind: "set", place, fields: [{ name: choice.name, value: values[0] ?? "" }] } as const;
        }
        case "move":
          return { kind, place, to: pick % 2 === 0 ? "up" : "down" } as const;
        default:
          return { kind, place };
      }
    }

    /** Applies the steps and holds each to what a change may do. */
    function walk(start: ReturnType<typeof requestFor>, steps: readonly Step[]): number {
      let made = 0;
      const texts = new Map([[start.path, start.text]]);
      const read = (path: string) => texts.get(path) ?? start.read(path);
      const errorsOf = (request: ReturnType<typeof requestFor>) =>
        language.validate(request).filter(({ severity }) => severity === "error");
      const before = errorsOf(start).length;
      for (const one of steps) {
        const request = { ...start, read, text: read(start.path) ?? "" };
        const form = language.form(request);
        if ("reason" in form) throw new Error(form.reason);
        const change = changeOf(one, form.elements, request);
        const answer = change ? language.changeForm(request, change) : { edits: [] };
        if (!change || "refusal" in answer || answer.edits.length === 0) continue;
        made++;
        const parent = all(form.elements).find((other) => String(other.at) === String(change.place.at.slice(0, -1)));
        const holder = change.kind === "set" || change.kind === "add" || !parent ? change.place : parent;
        const around = all(form.elements).find((other) => String(other.at) === String(holder.at)) as FormElement;
        for (const { path, start, end, text } of answer.edits) {
          const before = read(path) ?? "";
          const line = (offset: number) => before.slice(0, offset).split("\n").length;
          // The root of a fragment is none of the form's elements.
          if (path === around.path) {
            expect(line(start)).toBeGreaterThanOrEqual(around.line);
            expect(line(end)).toBeLessThanOrEqual(around.endLine);
          }
          if (change.kind === "set" && !("fitting" in change && change.fitting))
            expect(text.replace(/^>[^<]*<.\w[\w-]*>$/, "")).not.toContain("<");
          if (change.kind === "set" && change.fitting !== true) expect(before.slice(start, end)).not.toContain("<!--");
        }
        for (const path of new Set(answer.edits.map((edit) => edit.path)))
          texts.set(
            path,
            applyEdits(
              read(path) ?? "",
              answer.edits.filter((edit) => edit.path === path),
            ),
          );
        const errors = errorsOf({ ...request, text: read(start.path) ?? "" });
        expect(errors.length, JSON.stringify([change, errors])).toBeLessThanOrEqual(before);
      }
      return made;
    }

    test("leaves a valid description, and touches only what it must", () => {
      let made = 0;
      fc.assert(
        fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
          made += walk(requestFor(text), steps);
        }),
        { numRuns: 60 },
      );
      expect(made).toBeGreaterThan(15);
    });

    const real =
      corpus === null
        ? []
        : Object.entries(
            (
              JSON.parse(readFileSync(join(corpus, "verdicts.json"), "utf8")) as {
                verdicts: Record<string, { valid: boolean }>;
              }
            ).verdicts,
          ).flatMap(([path, { valid }]) => (valid && /\.(xml|kiwi)$/.test(path) ? [path] : []));

    test.skipIf(real.length === 0)("does so in real descriptions", () => {
      fc.assert(
        fc.property(fc.constantFrom(...real, ""), fc.array(step, { maxLength: 6 }), (path, steps) => {
          const file = join(corpus ?? "", path);
          const read = (name: string) => {
            try {
              return readFileSync(join(dirname(file), name), "utf8");
            } catch {
              return undefined;
            }
          };
          const source = read(basename(file));
          if (source === undefined) return;
          const request = { path: basename(file), text: source, mains: [basename(file)], read };
          if ("reason" in language.form(request)) return;
          walk(request, steps);
        }),
        { numRuns: 80 },
      );
    });
  });
});
