import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { type BuildOptionsInput, buildOptionsSchema } from "#lib/contracts/build-options.ts";
import { readerOf } from "./description-copy.ts";
import { KeptRoots } from "./kept-roots.ts";
import { planReuse, type ReusePlan } from "./plan-reuse.ts";
import { noteRoot, refuseSecrets, secureRoot } from "./runner/keep-root.ts";

const XML = `<image schemaversion="7.5" name="x">
  <preferences><packagemanager>apt</packagemanager><type image="tbz"/></preferences>
  <users><user name="root"/></users>
  <packages type="bootstrap"><package name="apt"/></packages>
</image>`;
const [FIRST, SECOND] = ["0199b6a2-0000-7000-8000-000000000001", "0199b6a2-0000-7000-8000-000000000002"];

let folder: string;
let roots: KeptRoots;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "reuse-"));
  roots = new KeptRoots(join(folder, "roots"), 1000);
  onTestFinished(() => rm(folder, { recursive: true }));
});

type Wish = { files?: Record<string, string>; options?: BuildOptionsInput; state?: string | null };

/** Plans a build whose description has these files besides the usual ones. */
async function plan(id: string, { files = {}, options = {}, state = "1" }: Wish = {}): Promise<ReusePlan> {
  const attemptDir = join(folder, id);
  await rm(attemptDir, { recursive: true, force: true });
  await mkdir(join(attemptDir, "description/root"), { recursive: true });
  for (const [name, text] of Object.entries({ "config.xml": XML, "root/motd": "hello", ...files }))
    await writeFile(join(attemptDir, "description", name), text);
  return planReuse(roots, {
    build: { id, description: "x/config.xml" },
    kiwi: { command: "/usr/bin/kiwi-ng", version: "11.1.6" },
    order: {
      attemptDir,
      imageFile: "config.xml",
      format: "xml",
      profiles: [],
      options: buildOptionsSchema.parse(options),
    },
    architecture: "x86_64",
    runtime: "namespaces",
    sources: { "http://host": state },
    read: readerOf(join(attemptDir, "description")),
  });
}

/** The first build, whose packages are kept. */
async function keepFirst(bytes = 3): Promise<void> {
  const { packages } = await plan(FIRST);
  if (packages === undefined) throw new Error("There is nothing to keep.");
  await mkdir(join(folder, FIRST, "target"));
  await writeFile(join(folder, FIRST, "target/packages.tar"), "x".repeat(bytes));
  await secureRoot(join(folder, FIRST), packages);
  expect((await plan(SECOND)).reuse.packages).toBe("kept");
  await noteRoot(packages);
}

test("the first build installs its packages and keeps them", async () => {
  const { reuse, packages, command } = await plan(FIRST);
  expect(reuse).toEqual({ packages: "kept", reason: "No build of the same packages is kept." });
  expect(packages?.command.join(" ")).toContain(`--description ${folder}/${FIRST}/stages/packages`);
  expect(command?.join(" ")).toMatch(
    /--config \S+kiwi-configuration.yml .*stages\/configuration .*--allow-existing-root$/,
  );
  const stages = join(folder, FIRST, "stages");
  expect(existsSync(join(stages, "packages/root"))).toBe(false);
  expect(await readFile(join(stages, "configuration/root/motd"), "utf8")).toBe("hello");
  expect(await readFile(join(folder, FIRST, "description/config.xml"), "utf8")).toBe(XML);
});

test.each<[string, Wish]>([
  ["an overlay", { files: { "root/motd": "good day" } }],
  ["a script", { files: { "config.sh": "true" } }],
  ["the type", { files: { "config.xml": XML.replace('"tbz"', '"ext4"') } }],
  ["users", { files: { "config.xml": XML.replace('"root"', '"toor"') } }],
  ["the compression", { options: { compression: "preview", debug: false, typeAttributes: {} } }],
])("after an edit of %s the packages are taken over", async (_, wish) => {
  await keepFirst();
  const { reuse, packages } = await plan(SECOND, wish);
  expect(reuse).toEqual({ packages: "reused", reason: null, from: FIRST });
  expect(packages?.reused).toBe(true);
  expect(await readFile(join(folder, SECOND, "target/packages.tar"), "utf8")).toBe("xxx");
});

test.each<[string, Wish, RegExp]>([
  ["packages", { files: { "config.xml": XML.replace('"apt"', '"dpkg"') } }, /^What the description says/],
  ["a repository", { state: "2" }, /^The repositories hold something else now\.$/],
  ["a script that runs before", { files: { "post_bootstrap.sh": "true" } }, /^Files that belong to the packages/],
  ["an archive", { files: { "data.tar": "x" } }, /^Files that belong to the packages/],
  ["options", { options: { addPackages: ["vim"] } }, /^The options are others\.$/],
])("after a change of %s they are installed anew", async (_, wish, reason) => {
  await keepFirst();
  const { reuse, packages } = await plan(SECOND, wish);
  expect(reuse).toEqual({ packages: "kept", reason: expect.stringMatching(reason) });
  expect(packages?.reused).toBe(false);
  expect(existsSync(join(folder, SECOND, "target"))).toBe(false);
});

test.each<[string, Wish, string]>([
  ["on request", { options: { fromNothing: true } }, "A build from nothing was asked for."],
  [
    "where nobody knows what is there",
    { state: null },
    "It cannot be told whether the repository http://host changes.",
  ],
])("everything is built from nothing %s", async (_, wish, reason) => {
  await keepFirst();
  expect(await plan(SECOND, wish)).toEqual({ reuse: { packages: "own", reason } });
});

test("packages with secrets of their own are not kept", async () => {
  const { packages } = await plan(FIRST);
  const root = join(folder, "tree");
  await mkdir(join(root, "etc/ssh"), { recursive: true });
  await writeFile(join(root, "etc/ssh/ssh_host_rsa_key"), "");
  await refuseSecrets(join(folder, FIRST), root, packages!);
  expect(await plan(SECOND)).toMatchObject({
    reuse: { packages: "own", reason: expect.stringContaining("etc/ssh/ssh_host_rsa_key") },
  });
});

test("an archive that is damaged or has no room is not taken", async () => {
  await keepFirst();
  const { packages } = await plan(SECOND);
  await writeFile(`${packages?.kept}.tar`, "xx");
  expect((await plan(SECOND)).reuse.packages).toBe("kept");
  await keepFirst(1001);
  expect((await plan(SECOND)).reuse.packages).toBe("kept");
  expect(existsSync(`${packages?.kept}.tar`)).toBe(false);
});
