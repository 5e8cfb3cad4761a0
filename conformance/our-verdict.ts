import { compose } from "#lib/kiwi/language/includes.ts";
import { readSource } from "#lib/kiwi/language/source-document.ts";
import { requestFor } from "#lib/kiwi/language/testing/marked.test-support.ts";
import type { TestKiwi } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { upgrade } from "#lib/kiwi/language/upgrade.ts";
import { collapse } from "#lib/relaxng/datatypes.ts";
import type { View } from "#lib/relaxng/view.ts";
import { attributeOf, type XmlElement } from "#lib/xml/tree.ts";
import type { Question, Verdict } from "./verdict.ts";

const refusals = new Set(["old-schemaversion", "missing-schemaversion", "missing-include", "remote-include"]);
const xmlns = "http://www.w3.org/2000/xmlns/";

/** What we say of a description; null where we say ourselves that we did not check it. */
export function ourVerdict(kiwi: TestKiwi, { text: bytes, files = {}, ask }: Question): Verdict | null {
  const verdict: Verdict = { wellFormed: false, upgraded: false, relaxng: false, rules: [], tree: null };
  const text = decode(bytes);
  if (text === null) return verdict;
  const problems = kiwi.language().validate(requestFor(text, { files: { ...files } }));
  const errors = problems.filter(({ severity }) => severity === "error");
  const found = (...layers: string[]) => errors.some(({ layer }) => layers.includes(layer));
  verdict.wellFormed = !found("syntax");
  if (!verdict.wellFormed || ask === "syntax") return verdict;
  if (problems.some(({ code }) => code === "unchecked-schemaversion")) return null;
  verdict.upgraded = !errors.some(({ code }) => refusals.has(code));
  if (!verdict.upgraded) return verdict;
  verdict.relaxng = !found("relaxng", "version", "include");

  // What validation says of rules is in our words: the comparison needs the schema's, and the element of each.
  const main = readSource("config.xml", text);
  const schema = kiwi.schema();
  if (main.root === null || schema.version === null) return verdict;
  const open = (path: string) => (files[path] === undefined ? null : readSource(path, files[path]));
  const composition = compose(main, open, false);
  const version = Number(attributeOf(main.root, "schemaversion")?.value.trim());
  const isTooNew = version > Number(schema.version);
  const { view } = isTooNew ? composition : upgrade(composition.view, version, schema.version);
  const elements = inOrder(main.root, view);
  const order = new Map(elements.map(({ element }, place) => [element, place]));
  const rules: string[] = [];
  schema.checkRules(main.root, view, ({ context, original }) => rules.push(`${order.get(context)} ${original}`));
  verdict.rules = rules.sort((a, b) => (a < b ? -1 : 1));
  if (rules.length > 0 && verdict.relaxng && !found("schematron"))
    verdict.error = "broken rules that are not among the problems";
  if (ask === "tree") verdict.tree = elements.map(({ element, depth }) => shown(element, depth, view)).join("\n");
  return verdict;
}

/** The text that bytes in UTF-8 are; null where they are none. */
function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function inOrder(root: XmlElement, view: View): { element: XmlElement; depth: number }[] {
  const found: { element: XmlElement; depth: number }[] = [];
  const pending = [{ element: root, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    found.push(next);
    const { depth } = next;
    const children = view.children(next.element).flatMap((child) => (child.kind === "element" ? [child] : []));
    for (const element of children.reverse()) pending.push({ element, depth: depth + 1 });
  }
  return found;
}

function shown(element: XmlElement, depth: number, view: View): string {
  const named = ({ namespace, local }: { namespace: string; local: string }) =>
    namespace === "" ? local : `{${namespace}}${local}`;
  const attributes = view
    .attributes(element)
    .filter(({ namespace }) => namespace !== xmlns)
    .map((one) => [named(one), one.value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  const data = view
    .children(element)
    .map((child) => (child.kind === "text" || child.kind === "cdata" ? child.value : ""))
    .join("");
  return `${depth} ${named(element)} [${attributes.join(" ")}] ${collapse(data)}`;
}
