import { type CompiledGrammar, compileGrammar } from "#lib/relaxng/grammar.ts";
import type { View } from "#lib/relaxng/view.ts";
import { type BrokenRule, type KeptChecks, type RuleReport, ruleChecker, ruleCode } from "#lib/schematron/check.ts";
import { type Rule, readRules } from "#lib/schematron/rules.ts";
import type { XmlElement } from "#lib/xml/tree.ts";

/** KIWI's schema, compiled once and shared by everything that asks about descriptions. */
export interface Schema {
  readonly grammar: CompiledGrammar;
  /** The schema version that descriptions must name, for example "8.5"; null where the schema does not fix it. */
  readonly version: string | null;
  /** Reports what breaks the schema's Schematron rules. */
  checkRules(root: XmlElement, view: View, report: RuleReport, kept?: KeptChecks): void;
  /** The rules about one element itself that it breaks; it may be one that only the view knows. */
  brokenRules(element: XmlElement, view: View): readonly BrokenRule[];
  /** The Schematron rules behind a problem's code. */
  rulesOf(code: string): readonly Rule[];
  /** Rules that could not be understood and are not checked. */
  readonly unreadRules: readonly string[];
}

/** Compiles the text of a `kiwi.rng`. Throws a SchemaError if it is not a RELAX NG grammar. */
export function compileSchema(rng: string): Schema {
  const grammar = compileGrammar(rng);
  const rules = readRules(grammar.root);
  const check = ruleChecker(rules);
  return {
    grammar,
    version: fixedVersion(grammar),
    checkRules: check.tree,
    brokenRules: check.element,
    rulesOf: (code) => rules.patterns.flatMap((pattern) => (ruleCode(pattern.id) === code ? pattern.rules : [])),
    unreadRules: rules.unread,
  };
}

/** The one value that the schema allows for `image/@schemaversion`. */
function fixedVersion(grammar: CompiledGrammar): string | null {
  const image = grammar.rootDeclaration({ namespace: "", local: "image" });
  if (image === null) return null;
  const taker = grammar.contentOf(image).attributes({ namespace: "", local: "schemaversion" })[0];
  if (taker?.leaf.kind !== "attribute") return null;
  const value = taker.leaf.declaration.value;
  return value.kind === "data" && value.datatype.values.length === 1 ? (value.datatype.values[0] ?? null) : null;
}
