import { describe, expect, test } from "vitest";
import type { Problem } from "#lib/contracts/problem.ts";
import { grammarEntries } from "#lib/kiwi/catalogue/grammar.ts";
import { compileSchema, type Schema } from "#lib/kiwi/schema.ts";
import { listedNames } from "#lib/relaxng/name-class.ts";
import { takesText } from "#lib/relaxng/takes-text.ts";
import { ruleCode } from "#lib/schematron/check.ts";
import { readRules } from "#lib/schematron/rules.ts";
import { applyEdits } from "#lib/xml/edit/text-edit.ts";
import type { Language } from "../contract.ts";
import { createLanguage } from "../index.ts";
import {
  candidatesToBreak,
  type Draft,
  descriptionWith,
  draftOf,
  pathsOf,
  writeDraft,
} from "../testing/broken.test-support.ts";
import { requestFor } from "../testing/marked.test-support.ts";
import { testKiwis } from "../testing/schema.test-support.ts";
import { newElement, newValue } from "./new-content.ts";

const isError = ({ severity }: Problem) => severity === "error";
const codesOf = (problems: readonly Problem[]) => problems.filter(isError).map(({ code }) => code);

/** Applies each offered fix by itself and tells what is wrong with them; null where there is nothing. */
function complaint(language: Language, text: string, problem: Problem): string | null {
  const before = codesOf(language.validate(requestFor(text)));
  const offered = language.fixes(requestFor(text), problem);
  if (offered.length === 0) return "no fix";
  for (const { title, action, edits } of offered) {
    const all = codesOf(language.validate(requestFor(applyEdits(text, edits))));
    // Rules are silent about an element whose attribute is misspelt, and speak when it is not.
    const speaks = action === "rename-attribute";
    const after = all.filter((code) => !(speaks && code.startsWith("rule-") && !before.includes(code)));
    const left = before.toSpliced(before.indexOf(problem.code), 1);
    const worse = after.some(
      (code) => after.filter((one) => one === code).length > left.filter((one) => one === code).length,
    );
    if (worse) return `${title}: ${after.join(" ")} after ${before.join(" ")}`;
  }
  return null;
}

/** All complaints about the fixes of a text's first problem of that code; "sound" where it has none. */
function complaintFor(language: Language, text: string, code: string): string | null {
  const problem = language.validate(requestFor(text)).find((one) => one.code === code);
  return problem === undefined ? "sound" : complaint(language, text, problem);
}

/** Ways to break a sound element, by the code that they bring about. */
function* mistakes({ grammar }: Schema, root: Draft, at: Draft): Generator<[string, string]> {
  const broken = (change: () => void): string => {
    const { name, attributes, children, text } = at;
    const saved = { name, attributes: new Map(attributes), children: [...children], text };
    change();
    const written = writeDraft(root);
    Object.assign(at, saved);
    return written;
  };
  yield ["attribute-not-allowed", broken(() => at.attributes.set("nothing", "x"))];
  for (const [name, value] of [...at.attributes]) {
    yield ["missing-attribute", broken(() => at.attributes.delete(name))];
    const renamed = `${name.slice(0, -1)}${name.at(-1) === "x" ? "y" : "x"}`;
    yield [
      "attribute-not-allowed",
      broken(() => {
        at.attributes.delete(name);
        at.attributes.set(renamed, value);
      }),
    ];
  }
  const declaration = grammar.onlyDeclaration({ namespace: "", local: at.name });
  if (declaration === null) return;
  const model = grammar.contentOf(declaration);
  for (const { leaf } of model.attributeLeaves) {
    if (leaf.kind !== "attribute" || leaf.declaration.nameClass.kind !== "name") continue;
    const { local, namespace } = leaf.declaration.nameClass;
    const fits = (value: string) => takesText(leaf.declaration.value, value);
    const wrong = ["?", " ? ?", "-1.5", ""].find((value) => !fits(value));
    if (namespace !== "" || wrong === undefined || local === "schemaversion") continue;
    yield ["wrong-value", broken(() => at.attributes.set(local, wrong))];
  }
  if (model.text?.data === true) yield ["wrong-value", broken(() => Object.assign(at, { text: "?" }))];
  for (const child of at.children) {
    yield [
      "missing-element",
      broken(() => Object.assign(at, { children: at.children.filter((one) => one !== child) })),
    ];
  }
  if (model.text === null && at.children.length > 0) {
    yield ["element-not-allowed", broken(() => at.children.push(draftOf({ name: "nothing" })))];
    const foreign = at.name === "packages" ? "version" : "package";
    const element = grammar.onlyDeclaration({ namespace: "", local: foreign });
    if (element !== null) {
      yield ["element-not-allowed", broken(() => at.children.push(draftOf(newElement(grammar, element))))];
    }
  }
  for (const { leaf } of model.elementLeaves) {
    if (leaf.kind !== "element") continue;
    const one = draftOf(newElement(grammar, leaf.declaration));
    if (one.name === "" || one.name === "extension") continue;
    yield ["too-many-elements", broken(() => at.children.push(one, structuredClone(one)))];
  }
  if (model.text === null && at.children.length > 0) {
    for (const words of ["stray words", "a -- b"]) {
      const marked = broken(() => at.children.push(draftOf({ name: "nothing" })));
      yield ["text-not-allowed", marked.replace("<nothing/>", words)];
    }
  }
  const attributes = model.attributeLeaves.flatMap(({ leaf, part }) => {
    const name = leaf.kind === "attribute" ? listedNames(leaf.declaration.nameClass)?.[0]?.local : undefined;
    if (leaf.kind !== "attribute" || name === undefined || at.attributes.has(name)) return [];
    return [{ name, part, value: newValue(grammar, at.name, leaf.declaration) }];
  });
  for (const [index, one] of attributes.entries()) {
    // Only what the schema speaks of in one breath can exclude each other.
    for (const other of attributes.slice(index + 1).filter(({ part }) => part === one.part)) {
      yield ["attribute-conflict", broken(() => at.attributes.set(one.name, one.value).set(other.name, other.value))];
    }
  }
  if (at === root) yield ["wrong-root", broken(() => Object.assign(at, { name: "imag" }))];
}

describe.skipIf(testKiwis.length === 0).each(testKiwis.map((kiwi) => [kiwi.version, kiwi] as const))(
  "KIWI %s",
  (_, kiwi) => {
    test("every mistake that the grammar finds has fixes, and each of them is one", { timeout: 600_000 }, () => {
      const [schema, language] = [kiwi.schema(), kiwi.language()];
      const complaints: unknown[] = [];
      const tried = new Map<string, number>();
      for (const path of pathsOf(schema).values()) {
        const [root, at] = descriptionWith(schema, path);
        for (const [code, text] of mistakes(schema, root, at)) {
          const what = complaintFor(language, text, code);
          // Not every mistake is one everywhere: some elements may be there twice, some attributes may be left out.
          if (what === "sound") continue;
          tried.set(code, (tried.get(code) ?? 0) + 1);
          if (what !== null) complaints.push({ what, code, text });
        }
      }
      expect(complaints).toEqual([]);
      // Whatever the schema can complain of was tried. KIWI's own fixes no order; the next test has a schema that does.
      const possible = grammarEntries.map(({ code }) => code).filter((code) => code !== "element-out-of-place");
      expect([...tried.keys()].toSorted()).toEqual(possible.toSorted());
      const rare = ["wrong-root", "attribute-conflict"];
      for (const [code, count] of tried) expect(count, code).toBeGreaterThan(rare.includes(code) ? 0 : 10);
    });

    const rules = readRules(kiwi.schema().grammar.root).patterns.flatMap(({ id, rules: all }) => {
      const written = all.flatMap((rule) => rule.asserts.map((assert) => assert.written));
      return written.map((_rule, index) => ({ id, written, index }));
    });

    // Of rules that are written twice the last one speaks.
    const speaking = new Map(rules.map((rule) => [JSON.stringify(rule.written[rule.index]), rule]));

    test.each([...speaking.values()].map((rule) => [`${rule.id} ${rule.index}`, rule] as const))(
      "rule %s",
      (_name, rule) => {
        const [schema, language] = [kiwi.schema(), kiwi.language()];
        const { id, written, index } = rule;
        let broken: string | undefined;
        let tries = 0;
        for (const text of candidatesToBreak(schema, written, index)) {
          if (++tries > 3000) break;
          const problems = language.validate(requestFor(text)).filter(isError);
          if (!problems.some(({ code }) => code === ruleCode(id))) continue;
          broken ??= text;
          if (problems.length === 1) {
            broken = text;
            break;
          }
        }
        expect(broken, `no description breaks ${id}`).toBeDefined();
        expect(complaintFor(language, broken ?? "", ruleCode(id)), broken).toBeNull();
      },
    );
  },
);

const ordered = `<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><element name="image"><group>
  <attribute name="schemaversion"><value>8.5</value></attribute>
  <element name="dig"><empty/></element><element name="sow"><empty/></element><element name="wait"><empty/></element>
</group></element></start></grammar>`;

test("what stands in the wrong order moves to its place", () => {
  const language = createLanguage({ schema: compileSchema(ordered), kiwiVersion: "11", schemaVersion: null });
  const text = "<image schemaversion='8.5'>\n  <sow/>\n  <dig/>\n  <wait/>\n</image>\n";
  const problem = language.validate(requestFor(text)).find(({ code }) => code === "element-out-of-place");
  const [first] = problem === undefined ? [] : language.fixes(requestFor(text), problem);
  expect(first?.title).toBe("Move behind <dig>");
  expect(applyEdits(text, first?.edits ?? [])).toBe(
    "<image schemaversion='8.5'>\n  <dig/>\n  <sow/>\n  <wait/>\n</image>\n",
  );
});
