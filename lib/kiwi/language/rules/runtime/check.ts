import type { Severity } from "#lib/contracts/problem.ts";
import { profileResolver } from "#lib/kiwi/description/profiles.ts";
import { type Choice, select } from "#lib/kiwi/description/selection.ts";
import type { Finding } from "#lib/relaxng/finding.ts";
import type { XmlElement } from "#lib/xml/tree.ts";
import { active, type Build } from "../build.ts";
import type { Image, ImageType, Parts, Profile } from "../image.ts";
import type { RuntimeRule } from "../rule.ts";
import { runtimeRules } from "./index.ts";

/** What a runtime rule found, weighed. */
export interface RuntimeFinding extends Finding {
  severity: Severity;
  /** The builds that it holds for, in words; absent = all that are possible. */
  only?: string;
}

/** A choice of profiles: what it makes active, and how it is called. */
interface Choosing {
  profiles: ReadonlySet<string>;
  label: string;
}

/** A build that is tried, and how it is named where others fare better. */
interface Trial extends Build {
  label: string;
}

/** The machines that images are built for most: a rule that needs to know one is asked for each of them. */
const machines = ["x86_64", "aarch64"];

/**
 * What KIWI would refuse before it begins to build, or fail at for certain later on. With a choice: for that build
 * alone. Without one: for every type, with no profile and with each single one that has it. What no build of a type can
 * escape is an error; what holds for some choices of profiles only says for which.
 */
export function checkRuntime(
  image: Image,
  kiwi: number | null,
  choice: Choice | undefined,
  report: (finding: RuntimeFinding) => void,
  sound: SoundTypes = new WeakMap(),
): void {
  const rules = runtimeRules.filter(
    ({ kiwi: range }) => kiwi === null || ((range?.from ?? 0) <= kiwi && kiwi <= (range?.until ?? kiwi)),
  );
  if (choice === undefined) {
    checkAll({ image, kiwi }, rules, report, sound);
    return;
  }
  const selection = select(image, choice);
  const type = image.types.find(({ element }) => element === selection.type);
  if (type === undefined || selection.refusals.length > 0) return;
  const profiles = new Set(selection.profiles);
  for (const rule of rules) {
    rule.check({ image, kiwi, profiles, type, arch: choice.architecture }, (finding) =>
      report({ ...finding, code: rule.code, severity: rule.severity }),
    );
  }
}

/** Types without a fault: as they were then, for the rules that look at nothing else, and in these parts of an image for the others. */
export type SoundTypes = WeakMap<XmlElement, { type: string; parts: Parts | null }>;

/** What all trials have in common. */
type Base = Pick<Build, "image" | "kiwi">;

function checkAll(
  base: Base,
  rules: readonly RuntimeRule[],
  report: (finding: RuntimeFinding) => void,
  sound: SoundTypes,
): void {
  const stampOf = ({ element, arches }: ImageType) => `${element.revision ?? 0} ${arches.join()}`;
  const open = new Set(
    base.image.types.filter((type) => {
      const known = sound.get(type.element);
      return known?.parts !== base.image.parts || known.type !== stampOf(type);
    }),
  );
  if (open.size === 0) return;
  const possible = choicesByType(base.image);
  const types = base.image.types.filter((type) => possible.has(type)).slice(0, maxTypes);
  const image = { ...base.image, types };
  const all = Math.min(base.image.types.length, maxTypes);
  const found = new Map<string, RuntimeFinding[]>();
  // Elements of two files may begin at the same offset.
  const numbers = new Map<XmlElement, number>();
  const keep = (finding: RuntimeFinding) => {
    const number = numbers.get(finding.element) ?? numbers.size;
    numbers.set(finding.element, number);
    const key = `${finding.code} ${number} ${finding.start} ${finding.message}`;
    const same = found.get(key);
    if (same === undefined) found.set(key, [finding]);
    else same.push(finding);
  };
  for (const type of types) {
    if (!open.has(type)) continue;
    const ofType = all > 1 ? { only: `the type ${type.name}` } : {};
    const stamp = stampOf(type);
    const choices = (possible.get(type) ?? []).map((choice) => ({ ...base, image, ...choice, type, arch: null }));
    let faults = 0;
    const count = (finding: RuntimeFinding) => {
      faults++;
      keep(finding);
    };
    if (sound.get(type.element)?.type !== stamp) {
      const trials = machinesOf(type, choices);
      for (const rule of rules) {
        const isOwn = rule.decidedBy === "type" || (rule.decidedBy === "machine" && type.arches.length > 0);
        if (isOwn) tryAll(rule, trials, count, (label) => `On ${label}`, ofType);
      }
      if (faults > 0) sound.delete(type.element);
      else sound.set(type.element, { type: stamp, parts: null });
    }
    // Sections for different machines never meet, so that each machine is tried.
    const fewer = choices.flatMap((choice) =>
      machinesOf(type, [choice]).map((one) => ({ ...one, label: choice.label })),
    );
    for (const rule of rules) {
      if (rule.decidedBy === "fewer") tryAll(rule, fewer, count, (label) => label, ofType);
      else if (rule.decidedBy === "more") tryMore(rule, choices, count, ofType);
    }
    if (faults === 0) sound.set(type.element, { type: stamp, parts: base.image.parts });
  }
  for (const [finding, ...same] of found.values()) {
    if (finding === undefined) continue;
    const { only, ...everywhere } = finding;
    const holdsForAll = finding.severity === "error" && same.length + 1 === all;
    report(holdsForAll || only === undefined ? everywhere : { ...everywhere, only });
  }
}

/** Nobody has more profiles, or types that can be built; all the builds of a text that has are not worth the wait. */
const maxProfiles = 100;
const maxTypes = 100;

/** No profile and each single one, with what it makes active on the first machine that has it. */
function profileChoices(declared: readonly Profile[]): Choosing[] {
  const resolvers = new Map<string, ReturnType<typeof profileResolver>>();
  const resolve = (machine: string, asked: readonly string[]) => {
    const known = resolvers.get(machine) ?? profileResolver(declared, machine);
    resolvers.set(machine, known);
    return known(asked);
  };
  const choices = [null, ...declared.slice(0, maxProfiles).map((profile) => profile.name)];
  return choices.flatMap((chosen) => {
    const label = chosen === null ? "Without a profile" : `With the profile ${chosen}`;
    for (const machine of machinesNaming(declared, chosen)) {
      const { active: names, missing } = resolve(machine, chosen === null ? [] : [chosen]);
      if (missing.length === 0) return [{ profiles: new Set(names), label }];
    }
    return [];
  });
}

function* machinesNaming(declared: readonly Profile[], chosen: string | null): Generator<string> {
  yield* machines;
  for (const { name, arch } of declared) if (name === chosen) yield* arch?.split(",") ?? [];
}

/** The choices that bring each type. */
function choicesByType({ types, profiles: declared }: Image): Map<ImageType, Choosing[]> {
  const found = new Map<ImageType, Choosing[]>();
  for (const choice of profileChoices(declared)) {
    for (const type of active(types, { profiles: choice.profiles, arch: null })) {
      const same = found.get(type);
      if (same === undefined) found.set(type, [choice]);
      else same.push(choice);
    }
  }
  return found;
}

/** The first of the choices on each machine that the type is for. */
function machinesOf(type: ImageType, [choice]: readonly Trial[]): Trial[] {
  if (choice === undefined) return [];
  return (type.arches.length > 0 ? type.arches : machines).map((arch) => ({ ...choice, arch, label: arch }));
}

/** A fault of all trials is one of the type; a fault of some is told with their names. */
function tryAll(
  rule: RuntimeRule,
  trials: readonly Trial[],
  report: (finding: RuntimeFinding) => void,
  inWords: (labels: string) => string,
  ofType: { only?: string },
): void {
  let faults: Map<string, { finding: Omit<Finding, "code">; labels: string[] }> | undefined;
  for (const trial of trials) {
    rule.check(trial, (finding) => {
      const key = `${finding.element.start} ${finding.start} ${finding.message}`;
      faults ??= new Map();
      const known = faults.get(key);
      if (known === undefined) faults.set(key, { finding, labels: [trial.label] });
      else known.labels.push(trial.label);
    });
  }
  for (const { finding, labels } of faults?.values() ?? []) {
    if (labels.length === trials.length) report({ ...finding, code: rule.code, severity: rule.severity, ...ofType });
    else report(limited(rule, finding, inWords(listed([...new Set(labels)])), "warning"));
  }
}

/** More profiles may mend the fault: it is certain only where even all of them do not. */
function tryMore(
  rule: RuntimeRule,
  choices: readonly Trial[],
  report: (finding: RuntimeFinding) => void,
  ofType: { only?: string },
): void {
  const [first] = choices;
  if (first === undefined) return;
  let certain = false;
  rule.check({ ...first, profiles: "all" }, (finding) => {
    certain = true;
    report({ ...finding, code: rule.code, severity: rule.severity, ...ofType });
  });
  if (certain) return;
  const failing: { finding: Omit<Finding, "code">; label: string }[] = [];
  for (const trial of choices) rule.check(trial, (finding) => failing.push({ finding, label: trial.label }));
  const [one] = failing;
  if (one === undefined) return;
  // Where another choice builds, the author most likely means that one.
  const severity = failing.length === choices.length ? "warning" : "info";
  report(limited(rule, one.finding, listed(failing.map(({ label }) => label)), severity));
}

function limited(rule: RuntimeRule, finding: Omit<Finding, "code">, only: string, severity: Severity): RuntimeFinding {
  const weighed = rule.severity === "error" ? severity : rule.severity;
  return { ...finding, code: rule.code, severity: weighed, message: `${only}: ${finding.message}`, only };
}

function listed(labels: readonly string[]): string {
  const shown = labels.slice(0, 3).map((label, i) => (i === 0 ? label : label.replace(/^W/, "w")));
  const rest = labels.length - shown.length;
  return rest === 0 ? shown.join(", ") : `${shown.join(", ")} and ${rest} more`;
}
