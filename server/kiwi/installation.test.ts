import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { kiwiInstallationSchema } from "#lib/contracts/builder.ts";
import { loadConfig } from "#server/platform/config.ts";
import { findKiwi, probe, readSchemaVersion } from "./installation.ts";

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "kiwi-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** A program that says it is KIWI of that version. Its Python knows no KIWI package. */
function impostor(path: string, version: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/usr/bin/env python3\nprint("KIWI (next generation) version ${version}")\n`);
  chmodSync(path, 0o755);
  return path;
}

const config = (data: string, extra: Record<string, string> = {}) =>
  loadConfig({ KIWI_WORKBENCH_DATA: data, PATH: join(data, "bin"), ...extra });

test("says what to do where there is no KIWI", async () => {
  expect(await findKiwi(config(await folder()))).toEqual({ problem: expect.stringContaining("npm start") });
});

test("a KIWI that is too old is named", async () => {
  const data = await folder();
  impostor(join(data, "bin/kiwi-ng"), "9.20.1");
  expect(await findKiwi(config(data))).toEqual({ problem: expect.stringContaining("KIWI 9.20.1") });
});

test("an explicit program that cannot be used is a problem, whatever else is there", async () => {
  const data = await folder();
  const found = await findKiwi(config(data, { KIWI_WORKBENCH_KIWI: join(data, "missing") }));
  expect(found).toEqual({ problem: expect.stringContaining("missing is not a program") });
});

test("a program without its Python package cannot be used", async () => {
  const command = impostor(join(await folder(), "kiwi-ng"), "11.1.6");
  expect(await probe(command)).toEqual({ problem: expect.stringContaining("no KIWI schema") });
});

/** A `kiwi-ng` with a package of its own, as far as looking at it goes, in a virtual environment. */
function standIn(environment: string): string {
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(environment, path)), { recursive: true });
    writeFileSync(join(environment, path), text, { mode: 0o755 });
  };
  put("packages/kiwi/__init__.py", "");
  put("packages/kiwi/schema/kiwi.rng", '<attribute name="schemaversion"><value>8.5</value></attribute>');
  put("bin/python3", `#!/bin/sh\nPYTHONPATH=${environment}/packages exec /usr/bin/env python3 "$@"\n`);
  put("bin/kiwi-ng", `#!${environment}/bin/python3\nprint("KIWI (next generation) version 11.1.6")\n`);
  return join(environment, "bin/kiwi-ng");
}

test.for([
  ["nowhere", null, { formats: [], xmlThroughMarkup: false }],
  ["among KIWI's packages", "packages", { formats: expect.arrayContaining(["json", "toml"]), xmlThroughMarkup: true }],
  ["in a folder apart", "kiwi-markup", { formats: expect.arrayContaining(["json", "toml"]), xmlThroughMarkup: false }],
] as const)("with anymarkup %s", async ([_where, place, expected]) => {
  const environment = await folder();
  const command = standIn(environment);
  if (place !== null) {
    for (const module of ["anymarkup_core", "toml"]) {
      mkdirSync(join(environment, place, module), { recursive: true });
      writeFileSync(join(environment, place, module, "__init__.py"), "");
    }
  }
  const kiwi = await probe(command);
  expect(kiwi).toMatchObject(expected);
  const apart = place === "kiwi-markup" ? join(environment, place) : undefined;
  expect(kiwiInstallationSchema.parse(kiwi).markupFolder).toBe(apart);
});

test("the schema version is the value that the schema fixes", () => {
  const rng =
    '<define><attribute name="schemaversion">\n<a:documentation>x</a:documentation><value>8.5</value></attribute></define>';
  expect(readSchemaVersion(rng)).toBe("8.5");
  expect(readSchemaVersion("<grammar/>")).toBeNull();
});

const real = await findKiwi(loadConfig());

test.skipIf("problem" in real)("the KIWI of this host is described completely", async () => {
  const kiwi = kiwiInstallationSchema.parse(real);
  const schema = readFileSync(kiwi.schemaPath, "utf8");
  expect(schema).toContain("<grammar");
  expect(schema).toContain(`<value>${kiwi.schemaVersion}</value>`);
  expect(kiwi.schemaSha256).toBe(createHash("sha256").update(schema).digest("hex"));
  expect(await probe(kiwi.command)).toEqual(kiwi);
});
