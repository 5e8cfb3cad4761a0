import { spawn } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { createReader } from "#lib/kiwi/language/reading.ts";
import { corpus, kiwiPython, type TestKiwi, testKiwis } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { upgrade } from "#lib/kiwi/language/upgrade.ts";
import { attributeOf, elementsOf } from "#lib/xml/tree.ts";
import { namesOf, packageLists, repositories, users, volumes } from "./contents.ts";
import { type Choice, type Described, type Selection, select } from "./selection.ts";
import { tricky } from "./testing/tricky.test-support.ts";

type Answer = ReturnType<typeof answerOf>;
type Reply = { error: string } | { answers: Answer[] };

/** Our answer in the form of `kiwi-selection.py`. */
function answerOf(selection: Selection) {
  const [refusal] = selection.refusals;
  if (refusal !== undefined)
    return { refused: refusal.kind === "missing-profile" ? "KiwiProfileNotFound" : "KiwiTypeNotFound" };
  const { type, setting, attribute, text, children } = selection;
  const textOf = (name: string) => {
    const element = setting(name);
    return element === null ? undefined : text(element);
  };
  const name = (element: Parameters<typeof attribute>[0]) => attribute(element, "name") ?? "";
  const { packages, removed, ignored, collections, products, archives, files } = packageLists(selection);
  const inSystem = ["keytable", "locale", "timezone"].flatMap((key) => {
    const value = textOf(key);
    return value === undefined ? [] : [[key, value]];
  });
  return {
    profiles: selection.profiles,
    type: selection.typeName,
    filesystem: (type === null ? null : attribute(type, "filesystem")) ?? "",
    version: textOf("version") ?? "",
    packageManager: textOf("packagemanager") ?? "dnf4",
    inSystem: Object.fromEntries(inSystem) as Record<string, string>,
    repositories: repositories(selection).map((one) =>
      children(one, "source")
        .map((source) => attribute(source, "path"))
        .join(),
    ),
    users: users(selection).map(name),
    volumes: volumes(selection).map(name),
    lists: {
      bootstrap: namesOf(packages.bootstrap),
      system: namesOf(packages.system),
      delete: namesOf(removed.delete),
      uninstall: namesOf(removed.uninstall),
      ignored: ignored.system.map((entry) => entry.name).sort(),
      bootstrapCollections: namesOf(collections.bootstrap),
      systemCollections: namesOf(collections.system),
      systemProducts: namesOf(products.system),
      bootstrapArchives: namesOf(archives.bootstrap),
      systemArchives: namesOf(archives.system),
      files: namesOf([...files.bootstrap, ...files.system]),
    },
  };
}

/** A description as the KIWI of a schema version has it; null where this KIWI would not take it as it is. */
function describedAs(path: string, schemaVersion: string): Described | null {
  const read = (name: string) => {
    const file = join(dirname(path), name);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };
  const main = basename(path);
  const request = { path: main, text: readFileSync(path, "utf8"), read, mains: [main] };
  const [{ main: document, faults, view }] = createReader({ xmlThroughMarkup: false })(request).contexts;
  const { root } = document;
  if (root === null || faults.length > 0) return null;
  const version = Number(attributeOf(root, "schemaversion")?.value);
  if (!(version >= 7.4 && version <= Number(schemaVersion))) return null;
  return { root, view: upgrade(view, version, schemaVersion).view };
}

/** Profiles alone, in pairs and none; each type, KIWI's own choice and one that is not there; two architectures. */
function choicesFor({ root, view }: Described): Choice[] {
  const all = view.children(root).flatMap((child) => [...elementsOf([child])]);
  const named = (name: string, attribute: string) =>
    all.flatMap((one) => (one.name === name ? (attributeOf(one, attribute)?.value ?? []) : []));
  const profiles = [...new Set(named("profile", "name"))];
  const sets = [[], ...profiles.map((one) => [one]), ...profiles.map((one, i) => [profiles[i - 1] ?? "none", one])];
  const types = [null, ...new Set(named("type", "image")), "none"];
  return sets.flatMap((set) =>
    types.flatMap((type) => ["x86_64", "aarch64"].map((architecture) => ({ profiles: set, type, architecture }))),
  );
}

/** Compares with that KIWI; gives how many choices were compared. */
async function compareWith(kiwi: TestKiwi, paths: readonly string[]): Promise<number> {
  const schemaVersion = kiwi.schema().version ?? "";
  const described = paths.flatMap((path) => {
    const found = describedAs(path, schemaVersion);
    return found === null ? [] : [{ path, found, choices: choicesFor(found) }];
  });
  const script = fileURLToPath(new URL("testing/kiwi-selection.py", import.meta.url));
  const env = { ...process.env, PYTHONPATH: kiwi.modules };
  const child = spawn(kiwiPython ?? "", [script], { env, stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(described.map(({ path, choices }) => `${JSON.stringify({ path, choices })}\n`).join(""));
  const differences: unknown[] = [];
  let at = 0;
  let compared = 0;
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      // What KIWI logs stands among the answers.
      if (!line.startsWith("{")) continue;
      const { path, found, choices } = described[at++] as (typeof described)[number];
      const reply = JSON.parse(line) as Reply;
      if ("error" in reply) continue;
      for (const [i, answer] of reply.answers.entries()) {
        const choice = choices[i] as Choice;
        const ours = answerOf(select(found, choice));
        compared++;
        if (!isDeepStrictEqual(ours, answer)) differences.push({ path, choice, ours, kiwi: answer });
      }
    }
  } finally {
    child.kill();
  }
  expect(differences.slice(0, 3), `of ${compared}`).toEqual([]);
  expect(at).toBe(described.length);
  return compared;
}

const real = () => globSync("**/{*.xml,*.kiwi}", { cwd: corpus ?? "" }).map((path) => join(corpus ?? "", path));

describe.skipIf(kiwiPython === null).each(testKiwis)("KIWI $version selects the same", (kiwi) => {
  test.skipIf(corpus === null)("of real descriptions, for all that can be chosen", { timeout: 600_000 }, async () => {
    expect(await compareWith(kiwi, real())).toBeGreaterThan(100);
  });

  test("of a description in which every rule decides something", { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "selection-"));
    try {
      writeFileSync(join(folder, "config.xml"), tricky);
      // It uses what old schemas do not have.
      const compared = await compareWith(kiwi, [join(folder, "config.xml")]);
      expect(compared).toBe(kiwi.schema().version === "7.5" ? 0 : 180);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
