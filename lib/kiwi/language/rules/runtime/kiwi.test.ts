import { spawn } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Choice } from "#lib/kiwi/description/selection.ts";
import { createReader } from "../../reading.ts";
import { description } from "../../testing/marked.test-support.ts";
import { randomNumbers } from "../../testing/mutants.test-support.ts";
import { corpus, kiwiPython, type TestKiwi, testKiwis } from "../../testing/schema.test-support.ts";
import { upgrade } from "../../upgrade.ts";
import { type Image, readImage } from "../image.ts";
import { checkRuntime } from "./check.ts";
import { runtimeRules } from "./index.ts";

const seed = Number(process.env["KIWI_WORKBENCH_TEST_SEED"] ?? 20_260_101);
const count = Math.ceil(Number(process.env["KIWI_WORKBENCH_TEST_MUTANTS"] ?? 300) / 10);

type Reply = { error: string } | { answers: ({ refused: string } | { failed: string[] })[] };

/** The image of a file, as the KIWI of a schema version has it; null where this KIWI would not take it as it is. */
function imageOf(path: string, schemaVersion: string): Image | null {
  const read = (name: string) => {
    const file = join(dirname(path), name);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };
  const main = basename(path);
  const request = { path: main, text: readFileSync(path, "utf8"), read, mains: [main] };
  const [{ main: document, faults, view }] = createReader({ xmlThroughMarkup: false })(request).contexts;
  const { root } = document;
  if (root === null || root.name !== "image" || faults.length > 0) return null;
  const version = Number(view.attributes(root).find(({ name }) => name === "schemaversion")?.value);
  if (!(version >= 7.4 && version <= Number(schemaVersion))) return null;
  return readImage(root, upgrade(view, version, schemaVersion).view);
}

function choicesFor(image: Image): Choice[] {
  const sets = [[], ...image.profiles.map(({ name }) => [name])];
  const types = [null, ...new Set(image.types.map(({ name }) => name))];
  return sets.flatMap((profiles) =>
    types.flatMap((type) => ["x86_64", "aarch64", "s390x"].map((architecture) => ({ profiles, type, architecture }))),
  );
}

/** Compares with that KIWI; gives how many builds were compared, and how often each check failed. */
async function compareWith(kiwi: TestKiwi, paths: readonly string[]) {
  const checks = runtimeRules.flatMap((rule) => rule.kiwiCheck ?? []);
  const schemaVersion = kiwi.schema().version ?? "";
  const images = paths.flatMap((path) => {
    const image = imageOf(path, schemaVersion);
    return image === null ? [] : [{ path, image, choices: choicesFor(image) }];
  });
  const script = fileURLToPath(new URL("../../testing/kiwi-runtime.py", import.meta.url));
  const env = { ...process.env, PYTHONPATH: kiwi.modules };
  const child = spawn(kiwiPython ?? "", [script], { env, stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(images.map(({ path, choices }) => `${JSON.stringify({ path, checks, choices })}\n`).join(""));
  const differences: unknown[] = [];
  const failed = new Map<string, number>();
  let [at, compared] = [0, 0];
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.startsWith("{")) continue;
      const { path, image, choices } = images[at++] as (typeof images)[number];
      const reply = JSON.parse(line) as Reply;
      if ("error" in reply) continue;
      for (const [i, answer] of reply.answers.entries()) {
        const choice = choices[i] as Choice;
        const ours = ourAnswer(image, kiwi, choice);
        compared++;
        const agree = "refused" in answer ? refusedAlike(answer.refused, ours) : sameSet(answer.failed, ours.failed);
        if (!agree) differences.push({ seed, path, choice, ours, kiwi: answer, text: readFileSync(path, "utf8") });
        for (const check of ours.failed) failed.set(check, (failed.get(check) ?? 0) + 1);
      }
    }
  } finally {
    child.kill();
  }
  expect(differences.slice(0, 2), `of ${compared}`).toEqual([]);
  expect(at).toBe(images.length);
  return { compared, failed };
}

function ourAnswer(image: Image, kiwi: TestKiwi, choice: Choice) {
  const codes = new Set<string>();
  checkRuntime(image, Number.parseInt(kiwi.version, 10), choice, ({ code }) => codes.add(code));
  const failed = runtimeRules.flatMap((rule) => (codes.has(rule.code) ? (rule.kiwiCheck ?? []) : []));
  return { codes: [...codes], failed: failed.sort() };
}

/** Firmware that a machine does not have stops a check of KIWI's in the middle. */
function refusedAlike(refused: string, { codes }: { codes: readonly string[] }): boolean {
  if (refused === "KiwiNotImplementedError") return codes.includes("firmware-not-available");
  return ["KiwiProfileNotFound", "KiwiTypeNotFound"].includes(refused) && codes.length === 0;
}

const sameSet = (a: readonly string[], b: readonly string[]) => [...a].sort().join() === [...b].sort().join();

/** Writes descriptions into a folder of their own for as long as a comparison takes. */
async function withFiles<T>(texts: readonly string[], use: (paths: string[]) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "runtime-"));
  try {
    return await use(
      texts.map((text, i) => {
        const path = join(folder, `${i}.xml`);
        writeFileSync(path, text);
        return path;
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const values: Readonly<Record<string, readonly string[]>> = {
  filesystem: ["ext4", "btrfs", "xfs"],
  firmware: ["bios", "efi", "uefi", "ec2", "custom"],
  devicepersistency: ["by-partuuid", "by-label"],
  efiparttable: ["msdos", "gpt"],
  initrd_system: ["kiwi", "dracut", "none"],
  boot: ["oemboot/x"],
  flags: ["overlay", "dmsquash"],
  overlayroot: ["true", "false", "1"],
  installiso: ["true", "0"],
  installpxe: ["1", "false"],
  rootfs_label: ["SYSTEM"],
  xen_server: ["true"],
  efifatimagesize: ["20", "31", "32"],
  primary: ["true"],
};

/** A description of random settings that the checks look at. */
function randomDescription(random: (below: number) => number, version: string): string {
  const one = <T>(list: readonly T[]) => list[random(list.length)] as T;
  const maybe = (text: string, of = 2) => (random(of) === 0 ? text : "");
  const bound = () => one(["", "", ' profiles="A"', ' profiles="B"', ' profiles="A,B"', ' profiles="A, B"']);
  const arch = () => one(["", "", "", ' arch="x86_64"', ' arch="aarch64,s390x"']);
  const attributes = () =>
    Object.entries(values)
      .map(([name, list]) => maybe(` ${name}="${one(list)}"`, name === "filesystem" ? 1 : 4))
      .join("");
  const volume = () =>
    `<volume name="${one(["home", "/", "swap", "@root", "@root=x", "srv/www"])}"${maybe(` mountpoint="${one(["/", "/srv", "swap"])}"`, 3)}${maybe(` label="${one(["ROOT", "SWAP", "SYSTEM", "DATA"])}"`, 3)}${maybe(` ${one(["size", "freespace"])}="${one(["all", "2G"])}"`)}/>`;
  const disk = () =>
    maybe(`<systemdisk${maybe(' preferlvm="true"', 3)}>${[0, 1, 2].map(() => maybe(volume())).join("")}</systemdisk>`);
  const resize = one(["true", "false", "1", "0"]);
  const oem = () =>
    maybe(
      `<oemconfig>${maybe(`<oem-resize>${resize}</oem-resize>`)}${maybe("<oem-swap>true</oem-swap>")}${maybe("<oem-swapname>S</oem-swapname>", 3)}</oemconfig>`,
    );
  const loader = () =>
    maybe(
      `<bootloader name="${one(["grub2", "systemd_boot", "custom"])}">${maybe('<bootloadersettings><environment><env name="a" value="b"/></environment></bootloadersettings>')}</bootloader>`,
      3,
    );
  const history = `<containerconfig name="c"><history${maybe(' launcher="a.exe"')}${maybe(` application_id="${one(["ab1", "a b"])}"`)}>x</history></containerconfig>`;
  const type = () => {
    const image = one(["oem", "oem", "iso", "pxe", "docker", "kis", "tbz", "appx"]);
    const machine = maybe('<machine xen_loader="hvmloader"/>', 4);
    const inner = image === "appx" ? history : disk() + oem() + loader() + machine;
    return `<type image="${image}"${attributes()}>${inner}</type>`;
  };
  const preferences = () =>
    `<preferences${bound()}${arch()}>${maybe("<version>1.0.0</version>")}${type()}${maybe(type(), 3)}</preferences>`;
  const modules = ["live", "overlay", "oem-repart", "oem-dump"];
  const names = () => one([`dracut-kiwi-${one(modules)}`, `kiwi-dracut-${one(modules)}`]);
  const packages = () =>
    `<packages type="${one(["image", "bootstrap", "iso", "oem", "delete"])}"${bound()}>${[0, 1, 2].map(() => `<package name="${names()}"${arch()}/>`).join("")}</packages>`;
  const repository = () =>
    `<repository${bound()}${maybe(' imageinclude="true"')}><source path="${one(["https://x/", "dir:///x", "obs://a/b", "/x", "this://x"])}"/></repository>`;
  const profiles = `<profiles><profile name="A" description="a"${maybe(' import="true"')}/><profile name="B" description="b"${arch()}><requires profile="A"/></profile></profiles>`;
  const inner = [
    profiles,
    preferences(),
    maybe(preferences()),
    packages(),
    maybe(packages()),
    maybe(repository()),
    maybe(repository()),
  ];
  return description(inner.join("\n"), version);
}

const real = () => globSync("**/{*.xml,*.kiwi}", { cwd: corpus ?? "" }).map((path) => join(corpus ?? "", path));

describe.skipIf(kiwiPython === null).each(testKiwis)("KIWI $version checks the same", (kiwi) => {
  const version = kiwi.schema().version ?? "";

  test.skipIf(corpus === null)("in real descriptions, for all builds", { timeout: 600_000 }, async () => {
    const { compared } = await compareWith(kiwi, real());
    expect(compared).toBeGreaterThan(50);
  });

  test("in the examples of the catalogue", { timeout: 120_000 }, async () => {
    const examples = runtimeRules.flatMap(({ example }) => (example ? [example.wrong, example.right] : []));
    const texts = examples.map((inner) => description(inner, version));
    const { failed } = await withFiles(texts, (paths) => compareWith(kiwi, paths));
    const major = Number.parseInt(kiwi.version, 10);
    for (const { kiwi: range, kiwiCheck } of runtimeRules) {
      const has = (range?.from ?? 0) <= major && major <= (range?.until ?? major);
      if (has && kiwiCheck !== undefined) expect([...failed.keys()]).toContain(kiwiCheck);
    }
  });

  test(`in ${count} random descriptions`, { timeout: 600_000 }, async () => {
    const random = randomNumbers(seed);
    const texts = Array.from({ length: count }, () => randomDescription(random, version));
    const { compared } = await withFiles(texts, (paths) => compareWith(kiwi, paths));
    expect(compared).toBeGreaterThan(count);
  });
});
