import type { Layer, Severity } from "#lib/contracts/problem.ts";
import type { Schema } from "#lib/kiwi/schema.ts";
import type { Finding } from "#lib/relaxng/finding.ts";
import type { Pattern } from "#lib/relaxng/pattern.ts";
import type { View } from "#lib/relaxng/view.ts";
import type { XmlElement } from "#lib/xml/tree.ts";
import { declarationOf } from "../context.ts";
import type { DocumentRequest } from "../contract.ts";
import type { Composition } from "../includes.ts";
import { scriptPaths } from "../scripts/script-files.ts";
import { readText, type TextFile } from "../source-document.ts";
import { type Image, type KeptImage, readImage } from "./image.ts";
import { type Kept, readElements } from "./kept.ts";
import { imageLints, scriptLints } from "./lint/index.ts";
import type { ImageLint } from "./rule.ts";
import { checkRuntime, type RuntimeFinding, type SoundTypes } from "./runtime/check.ts";

/** What a rule found, in a description's file or in one of its scripts. */
export interface RuleFinding extends Pick<Finding, "code" | "message" | "start" | "end"> {
  document: TextFile;
  layer: Layer;
  severity: Severity;
  only?: string;
}

/** What rules are asked about. */
export interface RuleQuestion {
  composition: Composition;
  root: XmlElement;
  /** The description as KIWI sees it. */
  view: View;
  schema: Schema;
  kiwiVersion: string | null;
  xmlThroughMarkup: boolean;
  /** What stands before the runtime checks is right, so that KIWI comes to them. */
  sound: boolean;
  /** A part of the description could not be read. */
  partial: boolean;
  request: DocumentRequest;
  kept: KeptByRules;
}

/** What earlier runs read of a description. */
export interface KeptByRules extends KeptImage {
  looks: Kept<Look>;
  /** By path. */
  scripts: Map<string, CheckedScript>;
  paths: WeakMap<readonly string[], ReadonlySet<string>>;
  /** By the root that holds them: the same root is always seen in the same way. */
  soundTypes: WeakMap<XmlElement, SoundTypes>;
}

interface CheckedScript {
  script: TextFile;
  findings: readonly RuleFinding[];
}

/** An element that a rule looks at. */
interface Look {
  rule: ImageLint;
  element: XmlElement;
}

/** Checks a description by KIWI's runtime checks and our own rules. Returns the scripts that were checked with it. */
export function checkRules(
  question: RuleQuestion,
  report: (finding: RuleFinding, first?: XmlElement) => void,
): TextFile[] {
  const { composition, view, root, request, sound, partial } = question;
  const { schema, xmlThroughMarkup, kept } = question;
  const image = readImage(root, view, kept);
  const documents = [composition.main, ...composition.fragments];
  const add = (finding: Finding, about: Pick<RuleFinding, "layer" | "severity" | "only">) =>
    report({ ...finding, ...about, document: composition.documentOf(finding.element) }, finding.first);

  if (sound && !partial) {
    const major = Number.parseInt(question.kiwiVersion ?? "", 10);
    const sound = kept.soundTypes.get(root) ?? new WeakMap();
    kept.soundTypes.set(root, sound);
    const found = ({ severity, only, ...finding }: RuntimeFinding) =>
      add(finding, { layer: "runtime", severity, ...(only === undefined ? {} : { only }) });
    checkRuntime(image, Number.isNaN(major) ? null : major, request.choice, found, sound);
  }
  const files = request.entries && pathsIn(request.entries, kept);
  const { mains, read, packages } = request;
  const isBoolean = (element: XmlElement, attribute: string | null) => takesBoolean(schema, element, attribute);
  const scripts = scriptPaths(image);
  const subject = { image, documents, partial, files, mains, read, packages, scripts, xmlThroughMarkup, isBoolean };
  const looks = Map.groupBy(
    readElements(root, view, (element) => looksAt(element, image), kept.looks),
    (one) => one.rule,
  );
  for (const rule of imageLints) {
    const { code, layer, severity } = rule;
    if (layer === "runtime" && !sound) continue;
    const elements = looks.get(rule)?.map((one) => one.element) ?? [];
    rule.check({ ...subject, elements }, (finding) => add({ ...finding, code }, { layer, severity }));
  }
  return scripts.flatMap((path) => {
    const text = request.read(path);
    if (text === undefined) return [];
    const { script, findings } = scriptOf(path, text, kept);
    for (const found of findings) report(found);
    return [script];
  });
}

function pathsIn(entries: readonly string[], { paths }: KeptByRules): ReadonlySet<string> {
  const known = paths.get(entries) ?? new Set(entries.map((path) => path.replace(/\/$/, "")));
  paths.set(entries, known);
  return known;
}

function scriptOf(path: string, text: string, { scripts }: KeptByRules): CheckedScript {
  const known = scripts.get(path);
  if (known?.script.text === text) return known;
  const findings: RuleFinding[] = [];
  const checked = { script: readText(path, text), findings };
  checkScript(checked.script, (found) => findings.push(found));
  scripts.set(path, checked);
  return checked;
}

const ofAnyElement = imageLints.filter(({ attributes }) => attributes === undefined);
const byAttribute = Map.groupBy(
  imageLints.flatMap((rule) => rule.attributes?.map((name) => ({ name, rule })) ?? []),
  ({ name }) => name,
);
const nowhere: readonly Look[] = [];

function looksAt(element: XmlElement, image: Image): readonly Look[] {
  let looks: Look[] | undefined;
  for (const rule of ofAnyElement) if (rule.looksAt?.(element, image)) (looks ??= []).push({ rule, element });
  for (const attribute of image.view.attributes(element)) {
    for (const { rule } of byAttribute.get(attribute.name) ?? nowhere) {
      if (rule.looksAt?.(element, image) === false || looks?.some((one) => one.rule === rule)) continue;
      (looks ??= []).push({ rule, element });
    }
  }
  return looks ?? nowhere;
}

/** Checks a script that stands beside a description. */
export function checkScript(script: TextFile, report: (finding: RuleFinding) => void): void {
  for (const { code, layer, severity, check } of scriptLints) {
    check(script, (message, start, end) => report({ code, layer, severity, message, start, end, document: script }));
  }
}

function takesBoolean({ grammar }: Schema, element: XmlElement, attribute: string | null): boolean {
  const declaration = declarationOf(grammar, element);
  if (declaration === null) return false;
  const { parts, text, attributes } = grammar.contentOf(declaration);
  if (attribute === null) return text !== null && isBoolean(parts[text.part]);
  return attributes({ namespace: "", local: attribute }).some(
    ({ leaf }) => leaf.kind === "attribute" && isBoolean(leaf.declaration.value),
  );
}

const isBoolean = (pattern: Pattern | undefined) =>
  pattern?.kind === "data" && pattern.datatype.key.startsWith("data boolean");
