import type { View } from "#lib/relaxng/view.ts";
import { textOf, type XmlAttribute, type XmlElement } from "#lib/xml/tree.ts";

/** One step of KIWI's upgrade of descriptions: what changes on the way from a schema version to the next. */
interface Step {
  from: number;
  element?: string;
  /** The attributes after the step. */
  change?: (attributes: readonly XmlAttribute[]) => XmlAttribute[];
}

/** The oldest schema version that KIWI 10 and 11 take. */
export const oldestVersion = 7.4;

/** KIWI 9, whose schema is older than this, upgrades what is older than 7.4 too, by steps that we do not take. */
export const firstWithoutOldSteps = 8;

/**
 * The steps, after KIWI's stylesheets `convert74to75.xsl` to `convert84to85.xsl`. A step without an element changes
 * nothing but the number; the package manager `dnf` (from 7.5) is dealt with below, since it changes text.
 */
const steps: readonly Step[] = [
  {
    from: 7.4,
    element: "containerconfig",
    change: (attributes) =>
      replace(attributes, "additionaltags", (tags) => [
        { ...tags, name: "additionalnames", value: `:${tags.value}`.replaceAll(",", ",:") },
      ]),
  },
  { from: 7.5 },
  { from: 7.6 },
  {
    from: 8.0,
    element: "repository",
    change: (attributes) =>
      attributes.some((one) => one.name === "type" && one.value === "rpm-dir")
        ? drop(attributes, "type")
        : [...attributes],
  },
  { from: 8.1, element: "repository", change: (attributes) => drop(attributes, "use_for_bootstrap") },
  {
    from: 8.2,
    element: "type",
    change: (attributes) =>
      replace(attributes, "btrfs_root_is_snapshot", (one) => [{ ...one, name: "btrfs_root_is_snapper_snapshot" }]),
  },
  { from: 8.3, element: "bootloader", change: (attributes) => replace(attributes, "console", splitConsole) },
  { from: 8.4, element: "type", change: (attributes) => drop(attributes, "vga") },
];

/** What the upgrade made of a schema version. */
export interface Upgrade {
  view: View;
  /** Attributes that are written in the description and that KIWI throws away. */
  dropped(element: XmlElement): readonly XmlAttribute[];
}

/**
 * Shows a description as KIWI's stylesheets would rewrite it on the way from schema version `from` to `to`. Nothing is
 * rewritten: attributes that change keep the place where they are written.
 */
export function upgrade(view: View, from: number, to: string): Upgrade {
  const due = steps.filter((step) => step.from >= from && step.from < Number(to));
  const changing = new Map<string, Step[]>();
  for (const step of due) {
    if (step.element !== undefined) changing.set(step.element, [...(changing.get(step.element) ?? []), step]);
  }
  const dnfDue = due.some((step) => step.from === 7.5);
  const isOldDnf = (element: XmlElement) =>
    dnfDue && element.name === "packagemanager" && textOf(element) === "dnf" && element.namespace === "";
  const known = new Map<XmlElement, readonly XmlAttribute[]>();

  function attributes(element: XmlElement): readonly XmlAttribute[] {
    const written = view.attributes(element);
    if (element.name === "image" && element.parent === null) return withVersion(written, to);
    if (isOldDnf(element)) return [];
    const changes = element.namespace === "" ? changing.get(element.name) : undefined;
    if (changes === undefined) return written;
    let shown = known.get(element);
    if (shown === undefined) {
      shown = changes.reduce<readonly XmlAttribute[]>((before, step) => step.change?.(before) ?? before, written);
      known.set(element, shown);
    }
    return shown;
  }

  return {
    view: {
      attributes,
      children: (element) =>
        isOldDnf(element)
          ? view.children(element).map((child) => (child.kind === "text" ? { ...child, value: "dnf4" } : child))
          : view.children(element),
      parent: view.parent,
    },
    dropped(element) {
      const shown = attributes(element);
      const written = view.attributes(element);
      return shown === written ? [] : written.filter((one) => !shown.some((other) => other.start === one.start));
    },
  };
}

/** The root names the newest version after the upgrade, wherever the old one stood. */
function withVersion(attributes: readonly XmlAttribute[], version: string): XmlAttribute[] {
  return attributes.map((one) => (one.name === "schemaversion" ? { ...one, value: version } : one));
}

function drop(attributes: readonly XmlAttribute[], local: string): XmlAttribute[] {
  return attributes.filter((one) => one.local !== local);
}

/** Puts others in the place of one attribute; they win over those of the same name that are there already. */
function replace(
  attributes: readonly XmlAttribute[],
  name: string,
  by: (attribute: XmlAttribute) => XmlAttribute[],
): XmlAttribute[] {
  const old = attributes.find((one) => one.name === name);
  const made = (old === undefined ? [] : by(old)).map((one) => ({ ...one, local: one.name, namespace: "" }));
  const kept = drop(attributes, name).filter((one) => !made.some((other) => other.name === one.name));
  return [...kept, ...made];
}

/** `console="out in"` became two attributes, divided at the first blank. */
function splitConsole(attribute: XmlAttribute): XmlAttribute[] {
  const blank = attribute.value.indexOf(" ");
  if (blank < 0) return [{ ...attribute, name: "output_console" }];
  return [
    { ...attribute, name: "output_console", value: attribute.value.slice(0, blank) },
    { ...attribute, name: "input_console", value: attribute.value.slice(blank + 1) },
  ];
}
