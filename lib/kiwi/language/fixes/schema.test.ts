import { describe, expect, test } from "vitest";
import type { Problem } from "#lib/contracts/problem.ts";
import type { Schema } from "#lib/kiwi/schema.ts";
import { takesText } from "#lib/relaxng/takes-text.ts";
import { ruleCode } from "#lib/schematron/check.ts";
import { readRules } from "#lib/schematron/rules.ts";
import { applyEdits } from "#lib/xml/edit/text-edit.ts";
import type { Language } from "../contract.ts";
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
import { newElement } from "./new-content.ts";

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
      expect([...tried.keys()].toSorted()).toEqual([
        "attribute-not-allowed",
        "element-not-allowed",
        "missing-attribute",
        "missing-element",
        "too-many-elements",
        "wrong-value",
      ]);
      for (const count of tried.values()) expect(count).toBeGreaterThan(10);
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
