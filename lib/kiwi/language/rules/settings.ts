import { isMap, isScalar, parseDocument } from "yaml";
import type { Problem } from "#lib/contracts/problem.ts";
import { type RuleLevel, type RuleSettingsText, ruleSettingsSchema } from "#lib/contracts/rule-settings.ts";
import { catalogue, explain, isAdjustable } from "#lib/kiwi/catalogue/index.ts";
import { nearest } from "#lib/relaxng/did-you-mean.ts";
import { lineIndex } from "#lib/xml/positions.ts";

/** The codes that settings and comments can name. */
export const adjustableCodes: readonly string[] = catalogue.filter(isAdjustable).map(({ code }) => code);

/** What settings files say, and what is wrong with them. */
export interface Weighing {
  levels: ReadonlyMap<string, RuleLevel>;
  problems: readonly Problem[];
}

/** Reads settings files, that of the outermost folder first: the nearest to the description counts. */
export function readSettings(files: readonly RuleSettingsText[]): Weighing {
  const levels = new Map<string, RuleLevel>();
  const problems: Problem[] = [];
  for (const file of files) {
    const rules = readRules(file, problems);
    for (const [code, level] of Object.entries(rules)) levels.set(code, level);
  }
  return { levels, problems };
}

/** Gives problems the weight that settings say, and leaves out those that are switched off. */
export function weigh(problems: readonly Problem[], levels: ReadonlyMap<string, RuleLevel>): Problem[] {
  if (levels.size === 0) return [...problems];
  return problems.flatMap((problem) => {
    const level = isAdjustable(problem) ? levels.get(problem.code) : undefined;
    if (level === undefined) return [problem];
    return level === "off" ? [] : [{ ...problem, severity: level }];
  });
}

function readRules({ path, text }: RuleSettingsText, problems: Problem[]): Record<string, RuleLevel> {
  // JSON is YAML, and the reader of YAML knows places.
  const document = parseDocument(text);
  const lines = lineIndex(text);
  const add = (code: string, message: string, range: readonly number[] = [0, 1]) => {
    const from = lines.position(range[0] ?? 0);
    const to = lines.position(Math.max(range[1] ?? 0, (range[0] ?? 0) + 1));
    const place = { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
    problems.push({ ...place, severity: "warning", layer: "lint", code, message, file: path });
  };
  const node = (keys: readonly PropertyKey[]) => {
    const found = keys.length === 0 ? document.contents : document.getIn(keys, true);
    return (isScalar(found) || isMap(found) ? found.range : undefined) ?? undefined;
  };

  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    add("broken-settings", `This is no JSON: ${message}`, document.errors[0]?.pos);
    return {};
  }
  const parsed = ruleSettingsSchema.safeParse(value);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) add("broken-settings", issue.message, node(issue.path));
    return {};
  }
  const rules = document.get("rules", true);
  const keys = isMap(rules) ? rules.items.map(({ key }) => key) : [];
  for (const code of Object.keys(parsed.data.rules)) {
    const key = keys.find((one) => isScalar(one) && one.value === code);
    const message = whatIsWrong(code);
    if (message !== null) add("unknown-rule", message, (isScalar(key) ? key.range : undefined) ?? undefined);
  }
  return parsed.data.rules;
}

function whatIsWrong(code: string): string | null {
  const entry = explain(code);
  if (entry === undefined) {
    const near = nearest(code, adjustableCodes);
    return `There is no rule "${code}".${near === null ? "" : ` Did you mean "${near}"?`}`;
  }
  if (isAdjustable(entry)) return null;
  return `"${code}" cannot be weighed: KIWI would refuse the description all the same.`;
}
