import type { FailureRule } from "#lib/contracts/failure-rule.ts";
import type { KiwiLog } from "#lib/kiwi/log/index.ts";

/** What is known of a build besides its log. */
export interface FailedBuild {
  type: string | null;
  /** The builder's own reason; null after a success. */
  reason: string | null;
  /** Warnings are looked for in any case; a cause only where something has failed. */
  failed: boolean;
}

/** A rule that applies, with what its patterns have found. */
export interface Reading {
  rule: FailureRule;
  /** The named groups of its patterns, each with all that it was found to be. */
  facts: ReadonlyMap<string, readonly string[]>;
  /** Numbers of the proving lines in the stored log, and their text. */
  evidence: readonly { line: number; text: string }[];
}

/** More of a log's end than this is not looked through for a cause. */
const searchedLines = 20_000;
/** More than this of the same kind says nothing new. */
const keptMatches = 20;

/** The first rule that explains the failure, if any, then all warnings. */
export function readFailure(log: KiwiLog, build: FailedBuild, rules: readonly FailureRule[]): Reading[] {
  const end = log.lineCount;
  const cause = build.failed
    ? firstOf(rules, (rule) => (rule.severity === "failure" ? apply(rule, log, build, causeFrom(log), end) : null))
    : null;
  const warnings = rules.flatMap((rule) => {
    const reading = rule.severity === "warning" ? apply(rule, log, build, Math.max(0, end - searchedLines), end) : null;
    return reading === null ? [] : [reading];
  });
  return cause === null ? warnings : [cause, ...warnings];
}

/** The cause is told in the phase that failed, or in the one before, whose fault it may have been. */
function causeFrom(log: KiwiLog): number {
  const phase = log.error?.phase ?? null;
  const start = phase === null ? 0 : (log.phases[Math.max(0, phase - 1)]?.line ?? 0);
  return Math.max(start, log.lineCount - searchedLines);
}

function apply(rule: FailureRule, log: KiwiLog, build: FailedBuild, from: number, end: number): Reading | null {
  const facts = new Map<string, string[]>([["type", build.type === null ? [] : [build.type]]]);
  const evidence: { line: number; text: string }[] = [];
  const note = (match: RegExpMatchArray) => {
    for (const [name, value] of Object.entries(match.groups ?? {})) {
      if (value === undefined || value === "") continue;
      const known = facts.get(name) ?? [];
      if (!known.includes(value)) facts.set(name, [...known, value]);
    }
  };
  const prove = (index: number) => {
    const { number: line, text } = log.line(index);
    if (!evidence.some((one) => one.line === line)) evidence.push({ line, text: text.slice(0, 500) });
  };

  if (rule.reason !== undefined) {
    const match = new RegExp(rule.reason, "u").exec(build.reason ?? "");
    if (match === null || log.error !== null) return null;
    note(match);
  }
  if (rule.error !== undefined) {
    const { error } = log;
    if (error === null) return null;
    const match = new RegExp(rule.error, "u").exec(error.name === null ? error.text : `${error.name}: ${error.text}`);
    if (match === null) return null;
    note(match);
  }
  if (rule.line !== undefined) {
    const pattern = new RegExp(rule.line, "u");
    let found = 0;
    for (let index = from; index < end && found < keptMatches; index++) {
      const match = pattern.exec(log.plainText(index));
      if (match === null) continue;
      found++;
      note(match);
      prove(index);
    }
    if (found === 0) return null;
  }
  if (rule.severity === "failure" && log.error !== null) prove(log.error.line);
  return { rule, facts, evidence };
}

function firstOf<T, R>(all: readonly T[], ask: (one: T) => R | null): R | null {
  for (const one of all) {
    const answer = ask(one);
    if (answer !== null) return answer;
  }
  return null;
}

/**
 * A text of a rule with the found facts in the place of `{names}`, lists with commas; null where `strict` and one of
 * them was not found. Else the name itself stands there as an ellipsis.
 */
export function fill(template: string, facts: Reading["facts"], strict = false): string | null {
  let missing = false;
  const text = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const values = facts.get(name) ?? [];
    if (values.length === 0) missing = true;
    return values.length === 0 ? "…" : values.join(", ");
  });
  return strict && missing ? null : text;
}
