import type { Problem } from "#lib/contracts/problem.ts";
import { ruleSettingsFile } from "#lib/contracts/rule-settings.ts";
import { plainView } from "#lib/relaxng/view.ts";
import { applyEdits, areDisjoint } from "#lib/xml/edit/text-edit.ts";
import { attributeOf } from "#lib/xml/tree.ts";
import type { DocumentRequest, FileEdit, Fix } from "../contract.ts";
import type { Composition } from "../includes.ts";
import { createReader, type Reading } from "../reading.ts";
import { isScript } from "../scripts/script-files.ts";
import { readText } from "../source-document.ts";
import { upgrade, versionNumber } from "../upgrade.ts";
import { planUpgrade } from "../upgrade-plan.ts";
import { oldestKnownVersion } from "../upgrade-steps.ts";
import { type ValidationTarget, validate } from "../validate.ts";
import { dataFixes, inData } from "./data.ts";
import { type Candidate, type Fault, faultAt } from "./fault.ts";
import { lintFixes } from "./lint.ts";
import { relaxngFixes } from "./relaxng.ts";
import { schematronFixes } from "./schematron.ts";
import { scriptFixes } from "./scripts.ts";
import { silenceFixes } from "./silence.ts";
import { syntaxFixes } from "./syntax.ts";
import { includeFixes, versionFixes } from "./whole.ts";

/** More fixes of one problem are no help. */
const maxFixes = 8;

/** Texts longer than this are not checked with every fix: it would take longer than people wait. */
const maxTried = 300_000;

/** More problems of a kind are not fixed at once. */
const maxTogether = 200;

/**
 * Ways to end a problem, the best first. Each has been tried: the problem is gone with it, and no other error came.
 * `problem` is one that `validate` gave for the same request.
 */
export function fixes(target: ValidationTarget, reading: Reading, problem: Problem, xmlThroughMarkup: boolean): Fix[] {
  // The reading must outlive this: texts that are only tried are read by another reader.
  const read = createReader({ xmlThroughMarkup });
  const apart = { ...target, verdicts: new WeakMap() };
  const tried = trial(reading.request, (request) => validate(apart, read, request));
  const candidates = candidatesFor(target, reading, problem);
  const found: Fix[] = [];
  for (const { title, action, edits } of candidates) {
    if (found.length >= maxFixes) break;
    if (found.some((fix) => fix.title === title) || !tried.ends(problem.code, action, edits)) continue;
    found.push({ title, action, code: problem.code, edits, preferred: found.length === 0 });
  }
  const together = [...new Set(found.map(({ action }) => action))].flatMap((action) =>
    fixAlike(target, reading, problem, action, tried),
  );
  return [...found, ...together];
}

/** One fix for all problems of a kind in the problem's file. */
function fixAlike(
  target: ValidationTarget,
  reading: Reading,
  { code, file }: Problem,
  action: string,
  tried: ReturnType<typeof trial>,
): Fix[] {
  const alike = tried.problems.filter((one) => one.code === code && one.file === file).slice(0, maxTogether);
  if (alike.length < 2) return [];
  const edits: FileEdit[] = [];
  let count = 0;
  for (const one of alike) {
    const candidate = candidatesFor(target, reading, one).find((other) => other.action === action);
    if (candidate === undefined || collides(candidate.edits, edits)) continue;
    edits.push(...candidate.edits);
    count++;
  }
  if (count < 2 || !tried.ends(code, action, edits, count)) return [];
  const title = `${phraseOf(action)}: all ${count} of this kind in this file`;
  return [{ title, action: `${action}-all`, code, edits, preferred: false }];
}

/** "rename-attribute" as words. */
function phraseOf(action: string): string {
  const words = action.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function collides(some: readonly FileEdit[], others: readonly FileEdit[]): boolean {
  const all = [...some, ...others];
  return !some.every(({ path }) => areDisjoint(all.filter((edit) => edit.path === path)));
}

function candidatesFor(target: ValidationTarget, reading: Reading, problem: Problem): Candidate[] {
  const { request, contexts } = reading;
  const path = problem.file ?? request.path;
  const { settings = [] } = request;
  for (const composition of contexts) {
    const document = [composition.main, ...composition.fragments].find((one) => one.path === path);
    if (document === undefined) continue;
    const { schema, schemaVersion: newest } = target;
    const known = { schema, newest, view: viewOf(composition, newest) };
    const { data } = document;
    const fault = faultAt(problem, document, composition, known);
    const placed = data === undefined ? fault : inData(fault, data);
    const mended = forLayer(placed, reading);
    return [
      ...(data === undefined ? mended : dataFixes(placed, data, mended)),
      ...silenceFixes({ ...placed, settings }),
    ];
  }
  const text = textOf(request, path);
  if (text === undefined || !isScript(path, text)) return [];
  const script = readText(path, text);
  const start = script.lines.offset(problem);
  return [
    ...scriptFixes(script, problem.code, start),
    ...silenceFixes({ problem, document: script, start, element: null, settings }),
  ];
}

function forLayer(fault: Fault, reading: Reading): Candidate[] {
  const { entries = [], packages } = reading.request;
  switch (fault.problem.layer) {
    case "syntax":
      return syntaxFixes(fault);
    case "include":
      return includeFixes({ ...fault, entries });
    case "version":
      return [...upgradeFix(fault, reading), ...versionFixes(fault)];
    case "relaxng":
      return relaxngFixes(fault);
    case "schematron":
      return schematronFixes(fault);
    case "runtime":
    case "lint":
      return lintFixes({ ...fault, entries, packages });
    default:
      return [];
  }
}

/** The description as it is judged. */
function viewOf(composition: Composition, newest: string | null) {
  const { root } = composition.main;
  const version = root === null ? Number.NaN : versionNumber(attributeOf(root, "schemaversion")?.value ?? "");
  if (newest === null || !(version >= oldestKnownVersion)) return root === null ? plainView : composition.view;
  return upgrade(composition.view, version, newest).view;
}

function upgradeFix({ newest }: Fault, reading: Reading): Candidate[] {
  const plan = planUpgrade(reading, newest);
  if ("reason" in plan) return [];
  const dropped = plan.changes.filter(({ kind }) => kind === "dropped").length;
  const loss = dropped === 0 ? "" : `; ${dropped} ${dropped === 1 ? "thing" : "things"} that KIWI drops will go`;
  const title = `Upgrade the description from ${plan.from} to ${plan.to}${loss}`;
  return [{ title, action: "upgrade", edits: plan.edits }];
}

/** Rules are silent about an element whose attribute is misspelt: what they say of the right name was hidden before. */
const speltRight = "rename-attribute";

/** Judges the description with and without edits. */
function trial(request: DocumentRequest, judge: (request: DocumentRequest) => Problem[]) {
  const problems = judge(request);
  const before = countByCode(problems);

  return {
    problems,
    /** Whether at least so many problems of that code are gone after the edits, and no other error came. */
    ends(code: string, action: string, edits: readonly FileEdit[], atLeast = 1): boolean {
      const after = edited(request, edits);
      if (after === null) return false;
      if (request.text.length > maxTried) return true;
      const now = judge(after);
      const counts = countByCode(now);
      if ((counts.all.get(code) ?? 0) > (before.all.get(code) ?? 0) - atLeast) return false;
      return [...counts.errors].every(
        ([other, count]) =>
          other === code ||
          count <= (before.errors.get(other) ?? 0) ||
          (action === speltRight && other.startsWith("rule-")),
      );
    },
  };
}

function countByCode(problems: readonly Problem[]) {
  const all = new Map<string, number>();
  const errors = new Map<string, number>();
  for (const { code, layer, severity } of problems) {
    all.set(code, (all.get(code) ?? 0) + 1);
    // Runtime checks are asked only where everything else is right: what they say now was hidden before.
    if (severity === "error" && layer !== "runtime") errors.set(code, (errors.get(code) ?? 0) + 1);
  }
  return { all, errors };
}

/** The text of a file that can be changed. Settings may come into being by that. */
function textOf({ path: own, text, read, settings = [] }: DocumentRequest, path: string): string | undefined {
  if (path === ruleSettingsFile) return settings.find((one) => one.path === path)?.text ?? "";
  return path === own ? text : read(path);
}

/** The request as it would be after the edits; null where they change nothing or exclude one another. */
function edited(request: DocumentRequest, edits: readonly FileEdit[]): DocumentRequest | null {
  const byPath = new Map<string, string>();
  for (const path of new Set(edits.map((edit) => edit.path))) {
    const text = textOf(request, path);
    const own = edits.filter((edit) => edit.path === path);
    if (text === undefined || !areDisjoint(own)) return null;
    byPath.set(path, applyEdits(text, own));
  }
  if ([...byPath].every(([path, text]) => text === textOf(request, path))) return null;
  const settings = byPath.get(ruleSettingsFile);
  const others = request.settings?.filter(({ path }) => path !== ruleSettingsFile) ?? [];
  return {
    ...request,
    ...(settings !== undefined && { settings: [...others, { path: ruleSettingsFile, text: settings }] }),
    text: byPath.get(request.path) ?? request.text,
    read: (path) => byPath.get(path) ?? request.read(path),
  };
}
