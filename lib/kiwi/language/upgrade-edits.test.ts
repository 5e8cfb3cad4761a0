import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { plainView, type View } from "#lib/relaxng/view.ts";
import { applyEdits } from "#lib/xml/edit/text-edit.ts";
import type { XmlElement } from "#lib/xml/tree.ts";
import { readSource } from "./source-document.ts";
import { description } from "./testing/marked.test-support.ts";
import { randomNumbers } from "./testing/mutants.test-support.ts";
import { oldDescriptions } from "./testing/old-descriptions.test-support.ts";
import { corpus, kiwiPython, testKiwis } from "./testing/schema.test-support.ts";
import { upgrade } from "./upgrade.ts";
import { upgradeEdits } from "./upgrade-edits.ts";

/**
 * What counts in a description: names, attributes and words. Comments do not, and neither does the order of children
 * of different names, which KIWI's schema leaves to the author everywhere.
 */
type Canonical = [name: string, attributes: string[], text: string, children: Canonical[]];

function canonical(element: XmlElement, view: View = plainView): Canonical {
  const attributes = view
    .attributes(element)
    .filter(({ name }) => !name.startsWith("xmlns"))
    .map(({ name, value }) => `${name}=${value}`);
  const children = view.children(element);
  const text = children.map((node) => (node.kind === "text" || node.kind === "cdata" ? node.value : "")).join("");
  const inner = children.flatMap((node) => (node.kind === "element" ? [canonical(node, view)] : []));
  const ordered = inner.toSorted((a, b) => (a[0] < b[0] ? -1 : Number(a[0] > b[0])));
  return [element.name, attributes.toSorted(), text.replace(/\s+/g, " ").trim(), ordered];
}

function ours(text: string, to: string): { text: string; canonical: Canonical; seen: Canonical } {
  const document = readSource("config.xml", text);
  const version = Number(/schemaversion="([^"]*)"/.exec(text)?.[1]);
  const root = document.root as XmlElement;
  const after = applyEdits(text, upgradeEdits(document, true, version, to).edits);
  const upgraded = readSource("config.xml", after);
  expect(upgraded.errors).toEqual([]);
  const { view } = upgrade(plainView, version, to);
  return { text: after, canonical: canonical(upgraded.root as XmlElement), seen: canonical(root, view) };
}

/** What KIWI's stylesheets make of texts. */
function theirs(texts: readonly string[], stylesheets: readonly string[]): { text?: string; error?: string }[] {
  const script = fileURLToPath(new URL("testing/kiwi-upgrade.py", import.meta.url));
  const input = texts.map((text) => `${JSON.stringify({ text })}\n`).join("");
  const { stdout, stderr } = spawnSync(kiwiPython ?? "", [script, ...stylesheets], {
    input,
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  if (stderr !== "") throw new Error(stderr);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { text?: string; error?: string });
}

const newest = testKiwis.find(({ version }) => Number.parseInt(version, 10) >= 10);
const old = testKiwis.find(({ version }) => version.startsWith("9."));
const sheet = (kiwi: { modules: string } | undefined) => join(kiwi?.modules ?? "", "kiwi/xsl/master.xsl");

/** Real descriptions whose includes are looked at on their own. */
const real = corpus === null ? [] : globSync("**/*.{xml,kiwi}", { cwd: corpus }).sort();
const realTexts = real
  .map((path) => readFileSync(join(corpus ?? "", path), "utf8"))
  .filter((text) => /<image[^>]*schemaversion="/.test(text) && !text.includes("<include"));

const synthetic = oldDescriptions.map(([, version, inner]) => description(inner, version));
const versions = [...new Set(oldDescriptions.map(([, version]) => version))];
/** Everything old at once, in any version: steps must not get in the way of one another. */
const mixed = Array.from({ length: 60 }, (_, seed) => {
  const random = randomNumbers(seed);
  const picked = Array.from({ length: 4 }, () => oldDescriptions[random(oldDescriptions.length)]?.[2] ?? "");
  const loader = ' bootloader="grub2" bootloader_console="serial none" container="x" hybrid="true" vga="1"';
  const type = `<type image="${["vmx", "oem", "docker"][random(3)]}"${loader}><machine domain="dom0"/></type>`;
  picked.push(`<preferences>${type}</preferences>`);
  return description(picked.join("\n  "), versions[random(versions.length)]);
});

function compare(texts: readonly string[], to: string, stylesheets: readonly string[]): void {
  const differences: unknown[] = [];
  for (const [index, result] of theirs(texts, stylesheets).entries()) {
    const before = texts[index] as string;
    const after = ours(before, to);
    expect(after.seen).toEqual(after.canonical);
    const kiwi = result.text === undefined ? null : canonical(readSource("k.xml", result.text).root as XmlElement);
    if (JSON.stringify(kiwi) !== JSON.stringify(after.canonical)) {
      differences.push({ before, after: after.text, kiwi: result });
    }
  }
  expect(differences).toEqual([]);
}

const versionOf = (text: string) => Number(/schemaversion="([^"]*)"/.exec(text)?.[1]);
const all = [...synthetic, ...mixed, ...realTexts];

describe.skipIf(kiwiPython === null)("the upgraded text says what KIWI's own upgrade says", () => {
  test.skipIf(newest === undefined)("from 7.4 to the newest", () => {
    compare(
      all.filter((text) => versionOf(text) >= 7.4),
      "8.5",
      [sheet(newest)],
    );
  });

  test.skipIf(old === undefined)("from 6.2 to the last of KIWI 9", () => {
    const texts = all.filter((text) => versionOf(text) < 7.5);
    compare(texts, "7.5", [sheet(old)]);
  });

  test.skipIf(newest === undefined || old === undefined)("from 6.2 to the newest", () => {
    const texts = all.filter((text) => versionOf(text) < 7.5);
    compare(texts, "8.5", [sheet(old), sheet(newest)]);
  });
});
