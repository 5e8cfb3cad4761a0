import type { Format } from "#lib/contracts/description.ts";
import type { Layer, Problem, Severity } from "#lib/contracts/problem.ts";
import { formatNames } from "#lib/kiwi/formats/format.ts";
import type { Schema } from "#lib/kiwi/schema.ts";
import { collapse } from "#lib/relaxng/datatypes.ts";
import type { Finding } from "#lib/relaxng/finding.ts";
import { judge, type KeptVerdicts } from "#lib/relaxng/judge.ts";
import type { View } from "#lib/relaxng/view.ts";
import type { KeptChecks } from "#lib/schematron/check.ts";
import { attributeOf, elementsOf, type XmlElement } from "#lib/xml/tree.ts";
import type { DocumentRequest } from "./contract.ts";
import { inFormat } from "./in-format.ts";
import type { Composition } from "./includes.ts";
import type { Reader } from "./reading.ts";
import { checkRules, checkScript, type KeptByRules } from "./rules/check.ts";
import { type Commented, obeyComments } from "./rules/ignore.ts";
import { readSettings, weigh } from "./rules/settings.ts";
import { isScript } from "./scripts/script-files.ts";
import { readText, type SourceDocument, type TextFile } from "./source-document.ts";
import { elsewhere, linkTarget } from "./text-link.ts";
import { firstWithoutOldSteps, oldestVersion, upgrade, versionNumber } from "./upgrade.ts";
import { oldestKnownVersion } from "./upgrade-steps.ts";

/** More errors, and more of the rest, are cut off: nobody reads them, and editors suffer. */
const maxProblems = 500;

/** What validation needs to know of the KIWI that will build. */
export interface ValidationTarget {
  schema: Schema | null;
  kiwiVersion: string | null;
  /** The schema version that descriptions are upgraded to; null where there is no schema. */
  schemaVersion: string | null;
  /** What this KIWI reads besides XML. */
  formats: readonly Format[];
  /** This KIWI reads XML through what reads the other formats. */
  xmlThroughMarkup: boolean;
  /** What earlier runs found. */
  verdicts: KeptVerdicts;
  checks: KeptChecks;
  rules: KeptByRules;
}

/** What was found in one context of a file, and the files that were read for it. */
interface Verdict {
  problems: Problem[];
  files: readonly Commented[];
}

/** What is wrong, and where in its document. */
type Complaint = Pick<Finding, "code" | "message" | "start" | "end">;

/** All problems of a file: of an image file with what it includes, of a fragment as part of those that include it. */
export function validate(target: ValidationTarget, read: Reader, request: DocumentRequest): Problem[] {
  const link = linkTarget(request);
  if (link !== null) return [link.problem, ...elsewhere(validate(target, read, link.request), link.request.path)];
  const settings = readSettings(request.settings ?? []);
  const verdicts = verdictsOf(target, read, request);
  const files = new Map(verdicts.flatMap((verdict) => verdict.files).map((file) => [file.path, file]));
  const problems = verdicts.flatMap((verdict) => verdict.problems);
  // Of a fragment that was read with one of its image files only, the others may need the comment.
  const isWhole = (path: string) => path === request.path || isScript(path, files.get(path)?.text ?? "");
  const heard = obeyComments(problems, [...files.values()], request.path, isWhole);
  return inOrder(weigh([...heard, ...settings.problems], settings.levels));
}

function verdictsOf(target: ValidationTarget, read: Reader, request: DocumentRequest): Verdict[] {
  if (isScript(request.path, request.text)) {
    const script = readText(request.path, request.text);
    const problems: Problem[] = [];
    checkScript(script, (found) => problems.push(problemAt(script, found, found.layer, found.severity, null, "")));
    return [{ problems, files: [script] }];
  }
  const { document, contexts } = read(request);
  return contexts.map((composition) => validateMain(target, composition, document, request));
}

function validateMain(
  target: ValidationTarget,
  composition: Composition,
  checked: SourceDocument,
  request: DocumentRequest,
): Verdict {
  const { main } = composition;
  const files: Commented[] = [main, ...composition.fragments].map((file) =>
    file.format === "xml" ? file : { path: file.path, text: file.text, lines: file.lines },
  );
  const problems: Problem[] = [];
  const counts = { error: 0, warning: 0, info: 0 };
  let sound = true;
  // Of a fragment only its own problems are of interest; those of an image file's fragments name their file.
  const add = (
    document: TextFile,
    found: Complaint & { element?: XmlElement; only?: string },
    layer: Layer,
    severity: Severity,
    more = () => "",
  ) => {
    if (severity === "error") sound = false;
    if (main.path !== checked.path && document.path !== checked.path) return;
    if (++counts[severity] > maxProblems) return;
    const file = document.path === checked.path ? null : document.path;
    const problem = problemAt(document, inFormat(document, found), layer, severity, file, more());
    problems.push(found.only === undefined ? problem : { ...problem, only: found.only });
  };

  for (const document of [main, ...composition.fragments]) {
    for (const error of document.errors) {
      // What is only too long for us says nothing against the description.
      add(document, error, "syntax", error.code === "too-long" ? "warning" : "error");
    }
  }
  for (const fault of composition.faults) add(fault.document, fault, "include", fault.severity);
  for (const fault of formatFaults(target, main)) add(main, fault, "syntax", fault.severity);
  for (const trap of main.data?.traps ?? []) add(main, trap, "lint", trap.severity);
  if (main.root === null || target.schema === null || target.schemaVersion === null) return { problems, files };
  const partial = !sound || composition.faults.length > 0;

  const report = (finding: Finding, layer: Layer, severity: Severity) => {
    const { first, element } = finding;
    const document = composition.documentOf(element);
    add(document, finding, layer, severity, () => firstPlace(composition, first, document));
  };
  const view = upgradedView(target, target.schemaVersion, main.root, composition, report);
  if (view !== null) judgeBySchema(target, target.schema, main.root, view, report);
  const scripts = checkRules(
    {
      composition,
      root: main.root,
      view: view ?? composition.view,
      schema: target.schema,
      kiwiVersion: target.kiwiVersion,
      xmlThroughMarkup: target.xmlThroughMarkup,
      sound: sound && view !== null,
      partial,
      request,
      kept: target.rules,
    },
    (finding, first) => {
      const { document, layer, severity } = finding;
      add(document, finding, layer, severity, () => firstPlace(composition, first, document));
    },
  );
  return { problems, files: [...files, ...scripts] };
}

function judgeBySchema(
  { verdicts, checks }: ValidationTarget,
  schema: Schema,
  root: XmlElement,
  view: View,
  report: Report,
): void {
  const incomplete = new Set<XmlElement>();
  const misspelt = new Map<XmlElement, string[]>();
  const judged = (finding: Finding) => {
    const { element, meant } = finding;
    if (finding.incomplete === true) incomplete.add(element);
    if (meant !== undefined) misspelt.set(element, [...(misspelt.get(element) ?? []), meant]);
    report(finding, "relaxng", "error");
  };
  judge(schema.grammar, root, view, judged, maxProblems, verdicts);
  const broken = (finding: Finding) => {
    // Rules take a missing attribute for an empty one, and then say what nobody can make sense of.
    if (incomplete.has(finding.element)) return;
    // They miss one that is there under a misspelt name, which has been said.
    const missed = misspelt.get(finding.element);
    if (missed === undefined || !finding.about?.some((name) => missed.includes(name))) {
      report(finding, "schematron", "error");
    }
  };
  schema.checkRules(root, view, broken, checks);
}

/** What stands against the format itself: this KIWI does not read it, or we do not. */
function formatFaults({ formats, schema }: ValidationTarget, { format, text }: SourceDocument) {
  const place = { start: 0, end: Math.max(1, text.search(/\n|$/)) };
  const name = formatNames[format];
  if (format !== "xml" && schema !== null && !formats.includes(format)) {
    const message = `This KIWI does not read ${name}: it needs the Python ${neededModules[format]} for it.`;
    return [{ code: "format-not-supported", message, severity: "error" as const, ...place }];
  }
  if (format !== "ini") return [];
  const message = "KIWI may read this INI file as a description; it is not checked here. YAML or XML say the same.";
  return [{ code: "format-not-checked", message, severity: "warning" as const, ...place }];
}

const neededModules = {
  yaml: "module anymarkup_core",
  json: "module anymarkup_core",
  json5: "modules anymarkup_core and json5",
  toml: "modules anymarkup_core and toml",
  ini: "modules anymarkup_core and configobj",
};

type Report = (finding: Finding, layer: Layer, severity: Severity) => void;

/** The description as it looks after KIWI's upgrade, or null where KIWI refuses to upgrade it. */
function upgradedView(
  target: ValidationTarget,
  newest: string,
  root: XmlElement,
  composition: Composition,
  report: Report,
): View | null {
  if (root.name !== "image") return composition.view;
  const attribute = attributeOf(root, "schemaversion");
  const kiwi = target.kiwiVersion === null ? "The installed KIWI" : `KIWI ${target.kiwiVersion}`;
  const place =
    attribute === undefined
      ? { element: root, start: root.nameStart, end: root.nameEnd }
      : { element: root, start: attribute.valueStart, end: Math.max(attribute.valueEnd, attribute.valueStart + 1) };
  const fail = (code: string, message: string) => report({ code, message, ...place }, "version", "error");

  const takesOld = Number(newest) < firstWithoutOldSteps;
  const version = attribute === undefined ? Number.NaN : versionNumber(attribute.value);
  // What is no number is for KIWI 9 the oldest of all.
  if (takesOld && !(version >= oldestKnownVersion)) {
    const what = attribute === undefined ? "a description without schema version" : `schema version ${attribute.value}`;
    const message = `${kiwi} upgrades ${what} by itself; what it makes of it was not checked.`;
    report({ code: "unchecked-schemaversion", message, ...place }, "version", "warning");
    return null;
  }
  if (attribute === undefined) {
    fail(
      "missing-schemaversion",
      `<image> needs the attribute "schemaversion", for example schemaversion="${newest}".`,
    );
    return upgrade(composition.view, Number(newest), newest).view;
  }
  const text = attribute.value.trim();
  if (!takesOld && !(version >= oldestVersion)) {
    const what = Number.isNaN(version) ? `"${text}" is no schema version` : `Schema version ${text} is too old`;
    fail("old-schemaversion", `${what}: ${kiwi} takes 7.4 to ${newest}.`);
    return null;
  }
  if (version >= Number(newest) && collapse(attribute.value) !== newest) {
    fail("new-schemaversion", `Schema version ${text} is not known: ${kiwi} takes 7.4 to ${newest}.`);
  }
  const upgraded = upgrade(composition.view, version, newest);
  if (version < Number(newest)) reportDropped(composition, upgraded, report);
  return upgraded.view;
}

function reportDropped(composition: Composition, upgraded: ReturnType<typeof upgrade>, report: Report): void {
  for (const document of [composition.main, ...composition.fragments]) {
    for (const element of elementsOf(document.children)) {
      for (const lost of upgraded.dropped(element)) {
        const [code, what, start] =
          "children" in lost
            ? ["element-dropped", `<${lost.name}>`, lost.nameStart]
            : ["attribute-dropped", `the attribute "${lost.name}"`, lost.start];
        const message = `KIWI drops ${what} when it upgrades this description to its newest schema.`;
        report({ code, message, element, start, end: lost.nameEnd }, "version", "info");
      }
    }
  }
}

/** Where the first of several stands, as a sentence that follows another; "" where there is none. */
function firstPlace(composition: Composition, first: XmlElement | undefined, other: TextFile): string {
  if (first === undefined) return "";
  const document = composition.documentOf(first);
  const { line } = document.lines.position(first.start);
  const place = document === other ? `line ${line}` : `${document.path}, line ${line}`;
  return ` The first is in ${place}.`;
}

function problemAt(
  document: TextFile,
  { code, message, start, end }: Complaint,
  layer: Layer,
  severity: Severity,
  file: string | null,
  more: string,
): Problem {
  const range = withoutBlanks(document.text, start, end);
  const from = document.lines.position(range.start);
  const to = document.lines.position(range.end);
  const place = { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  return { ...place, severity, layer, code, message: message + more, ...(file === null ? {} : { file }) };
}

/** A range without the blanks at its ends; as it is where it holds nothing else. */
function withoutBlanks(text: string, start: number, end: number): { start: number; end: number } {
  const slice = text.slice(start, end);
  if (slice.trim() === "") return { start, end };
  return { start: start + slice.length - slice.trimStart().length, end: start + slice.trimEnd().length };
}

/** In the order of the text, the checked file first; what several contexts or rules found is said once. */
function inOrder(problems: readonly Problem[]): Problem[] {
  const unique = new Map(problems.map((problem) => [JSON.stringify({ ...problem, code: "" }), problem]));
  const all = [...unique.values()];
  // Errors decide the verdict: nothing else may crowd them out.
  const errors = all.filter((problem) => problem.severity === "error").slice(0, maxProblems);
  const others = all.filter((problem) => problem.severity !== "error").slice(0, maxProblems - errors.length);
  return [...errors, ...others].sort(
    (a, b) => (a.file ?? "").localeCompare(b.file ?? "") || a.line - b.line || a.column - b.column,
  );
}
