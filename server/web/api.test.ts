import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { createStage, type Stage, until } from "#server/builder/daemon-fixture.ts";
import { bootSector } from "#server/builder/drive/boot-sector-fixture.ts";
import { createLoginToken, ensureDatabase, stopDatabase } from "#server/db/index.ts";
import { findProgram } from "#server/kiwi/index.ts";
import { SESSION_COOKIE } from "./cookie.ts";
import {
  handleBadge,
  handleConsole,
  handleEvidence,
  handleImageFile,
  handleLog,
  handleMetrics,
  handleResult,
  handleSbom,
  handleSchema,
  handleScreen,
  handleTrpc,
} from "./index.ts";
import { createServices, provideServices, type Services } from "./services.ts";

let stage: Stage;
let services: Services;
let cookie: string;

const image = (inside: string, attributes = "") =>
  `<image schemaversion="8.5" name="two"${attributes}>\n${inside}</image>`;

/** KIWI builds nothing without one. */
const repository = '<repository><source path="https://example.com/"/></repository>';

/** What an image needs to be built, on one line. */
const parts = `<preferences><version>1</version><type image="tbz"/></preferences>${repository}`;

/** Descriptions that the language service has something to say of. */
const faulty: Record<string, string> = {
  "absolute/config.xml": image('<include from="/etc/part.xml"/>\n'),
  "attribute/config.xml": image("", ' colour="red"\n shape="round"'),
  "base/config.xml": image(
    `<preferences><version>1</version><type image="docker" derived_from="https://x/y"/></preferences>${repository}`,
  ),
  "missing/config.xml": image('<include from="part.xml"/>\n'),
  "outside/config.xml": image('\n<include from="this://../part/part.xml"/>\n'),
  "part/config.xml": image('<include from="this://part.xml"/>\n'),
  "part/part.xml": "<image>\n  <packages>\n</image>",
  "warned/config.xml": image(`<include from="odd.xml"/>\n${parts}\n`),
  "warned/odd.xml": "<packages/>",
  "yaml/config.yaml": 'image:\n  "@schemaversion": "8.5"\n  "@name": two\n',
};

beforeAll(async () => {
  stage = await createStage();
  await stage.startDaemon();
  services = createServices(stage.config);
  provideServices(services);
  // A daemon looks for its KIWI first.
  await until(async () => (await services.builder.status()).problem === null);
  const folder = join(stage.config.workspaceDir, "one");
  await mkdir(folder, { recursive: true });
  for (const [path, text] of Object.entries(faulty)) {
    await mkdir(join(stage.config.workspaceDir, "faulty", dirname(path)), { recursive: true });
    await writeFile(join(stage.config.workspaceDir, "faulty", path), text);
  }
  const types = `<preferences><version>1.0.0</version><type image="tbz"/></preferences>${repository}`;
  await writeFile(join(folder, "config.xml"), `<image schemaversion="8.5" name="one">${types}</image>`);
  await writeFile(join(folder, "broken.kiwi"), "<image>");
  await writeFile(
    join(folder, "behave.sh"),
    `echo hello; mkdir -p "$1"; echo image > "$1/one.raw"
echo "{\\"disk_image\\": {\\"filename\\": \\"$1/one.raw\\"}}" > "$1/kiwi.result.json"`,
  );
});

afterAll(async () => {
  await services.close();
  await stage.close();
});

interface Answer {
  status: number;
  headers: Headers;
  data: Record<string, unknown>;
  message: string | undefined;
  problems: unknown;
}

async function call(path: string, input: unknown, { method = "GET", as = cookie } = {}): Promise<Answer> {
  const json = JSON.stringify(input);
  const query = method === "GET" && input !== undefined ? `?input=${encodeURIComponent(json)}` : "";
  const response = await handleTrpc(
    new Request(`http://localhost/api/trpc/${path}${query}`, {
      method,
      headers: { "content-type": "application/json", ...(as === "" ? {} : { cookie: as }) },
      ...(method === "GET" ? {} : { body: json }),
    }),
  );
  const body = await response.json();
  const { message, data } = body.error ?? {};
  const { status, headers } = response;
  return { status, headers, data: body.result?.data, message, problems: data?.problems };
}

const change = { method: "POST" };

test("a login token can be used once, and its cookie opens the API", async () => {
  const token = await createLoginToken(stage.db);
  const first = await call("session.login", { token }, { ...change, as: "" });
  const setCookie = first.headers.get("set-cookie") ?? "";
  expect(setCookie).toMatch(/^kiwi-workbench-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Expires=/);
  cookie = setCookie.split(";")[0] ?? "";
  expect((await call("session.me", undefined)).data).toMatchObject({ user: "admin" });
  const second = await call("session.login", { token }, { ...change, as: "" });
  expect(second.status).toBe(401);
  expect(second.headers.get("set-cookie")).toBe(null);
});

test("a password becomes a hash that programs know it by, and what no hash can hold is refused", async () => {
  const hash = async (password: string) => call("passwords.hash", { password }, change);
  const { data } = await hash("öpen 'sesame'");
  const [, , salt = ""] = String(data).split("$");
  const again = execFileSync("openssl", ["passwd", "-6", "-salt", salt, "öpen 'sesame'"], { encoding: "utf8" });
  expect(data).toBe(again.trim());
  for (const password of ["", "two\nlines", "x".repeat(256)]) expect((await hash(password)).status).toBe(400);
});

test("without a valid cookie nothing is answered, and a worthless one is taken back", async () => {
  for (const path of ["session.me", "descriptions.list", "builds.list", "builder.status", "descriptions.templates"])
    expect((await call(path, undefined, { as: "" })).status).toBe(401);
  const forged = await call("session.me", undefined, { as: `${SESSION_COOKIE}=${"a".repeat(43)}` });
  expect(forged.status).toBe(401);
  expect(forged.headers.get("set-cookie")).toMatch(/^kiwi-workbench-session=; .*Expires=Thu, 01 Jan 1970/);
  const request = new Request("http://localhost/api/x", { headers: { cookie: `${SESSION_COOKIE}=${"a".repeat(43)}` } });
  const build = { id: "0198c0de-0000-7000-8000-000000000000", name: "x" };
  for (const answer of [
    handleSchema(request),
    handleResult(request, build),
    handleLog(request, build),
    handleSbom(request, build),
    handleEvidence(request, build),
    handleImageFile(request, build),
    handleBadge(request),
    handleConsole(request, build),
    handleScreen(request, build),
  ])
    expect((await answer).status).toBe(401);
});

test("descriptions are listed, read and saved", async () => {
  const list = await call("descriptions.list", undefined);
  expect(list.data).toMatchObject({
    truncated: false,
    descriptions: [
      ...Object.keys(faulty).flatMap((path) => (path.includes("/config.") ? { id: `faulty/${path}` } : [])),
      { id: "one/broken.kiwi", error: expect.any(String), lastBuild: null },
      { id: "one/config.xml", facts: { name: "one" } },
    ],
  });
  const file = { description: "one/config.xml", path: "config.xml" };
  const read = await call("files.read", file);
  const save = { ...file, text: String(read.data["text"]), version: read.data["version"] };
  expect((await call("files.write", save, change)).data).toMatchObject({ outcome: "saved" });
  expect((await call("files.write", { ...save, version: "0".repeat(64) }, change)).data).toMatchObject({
    outcome: "conflict",
  });
});

test.each([
  ["files.read", { description: "one/config.xml", path: "../../x" }, 400, "plain relative path"],
  ["files.read", { description: "one/config.xml", path: "none.txt" }, 404, "does not exist"],
  ["files.tree", { description: "../config.xml" }, 400, "plain relative path"],
  ["files.tree", { description: "none/config.xml" }, 404, "no description"],
  ["builds.get", { id: "x" }, 400, "UUID"],
  ["builds.get", { id: "0198c0de-0000-7000-8000-000000000000" }, 404, "no such build"],
])("%s %j says %d in words", async (path, input, status, message) => {
  const answer = await call(path, input);
  expect(answer.status).toBe(status);
  expect(answer.message).toContain(message);
  expect(answer.message).not.toContain("{");
});

test.each([
  [{ description: "one/broken.kiwi" }, "broken.kiwi, line 1"],
  [{ description: "one/config.xml", profiles: ["Nope"] }, 'no profile "Nope"'],
  [{ description: "one/config.xml", type: "iso" }, 'no build type "iso"'],
  [{ description: "one/config.xml", profiles: ["--target-dir"] }, "profiles"],
  [{ description: "one/config.xml", architecture: "s390x" }, "builds images for"],
])("a build of %j is refused before it is queued", async (request, message) => {
  const answer = await call("builds.start", request, change);
  expect(answer.status).toBe(400);
  expect(answer.message).toContain(message);
});

test.each([
  ["attribute", ["config.xml, line 1", '"colour"', "config.xml, line 2", '"shape"']],
  ["part", ["part.xml, line 2", "packages"]],
  ["missing", ["config.xml, line 2", '"part.xml" does not exist']],
  ["outside", ["config.xml, line 3", "lies outside of the description's folder"]],
  ["absolute", ["config.xml, line 2", "lies outside of the description's folder"]],
  ["base", ["config.xml, line 2", "does not download a base image"]],
  ["yaml", ["config.yaml, line 1", "does not read YAML"]],
])("a faulty description (%s) is refused with file and line, and nothing is queued", async (name, words) => {
  const description = `faulty/${name}/config.${name === "yaml" ? "yaml" : "xml"}`;
  const answer = await call("builds.start", { description }, change);
  expect(answer.status).toBe(400);
  for (const word of words) expect(answer.message).toContain(word);
  expect(answer.problems).toContainEqual(
    expect.objectContaining({ file: expect.any(String), line: expect.any(Number) }),
  );
  expect((await call("builds.list", { description })).data).toMatchObject({ builds: [] });
});

test("warnings do not stop a build", async () => {
  expect((await call("builds.start", { description: "faulty/warned/config.xml" }, change)).status).toBe(200);
});

test("the schema comes with what its KIWI can read", async () => {
  const ask = (headers = {}) => handleSchema(new Request("http://localhost/x", { headers: { cookie, ...headers } }));
  const answer = await ask();
  expect(await answer.json()).toMatchObject({
    kiwiVersion: "11.1.6",
    schemaVersion: "8.5",
    formats: [],
    xmlThroughMarkup: false,
    text: expect.stringContaining("<grammar"),
  });
  expect((await ask({ "if-none-match": answer.headers.get("etag") })).status).toBe(304);
});

test("a build is started, seen in lists, downloaded and run again", async () => {
  const { data } = await call("builds.start", { description: "one/config.xml" }, change);
  const id = String(data["id"]);
  const { results } = await stage.reaches(id, "succeeded");
  const list = await call("builds.list", { description: "one/config.xml", limit: 1 });
  expect(list.data).toMatchObject({ builds: [{ id, imageName: "one", requestedBy: "admin" }], next: null });
  const request = (headers = {}) => new Request("http://localhost/x", { headers: { cookie, ...headers } });
  const name = results[0]?.name ?? "";
  const part = await handleResult(request({ range: "bytes=1-3" }), { id, name });
  expect([part.status, await part.text()]).toEqual([206, "mag"]);
  expect(part.headers.get("content-disposition")).toMatch(/^attachment; filename="one/);
  expect(part.headers.get("content-security-policy")).toContain("sandbox");
  for (const other of ["../spec.json", "spec.json", "build.log"])
    expect((await handleResult(request(), { id, name: other })).status).toBe(404);
  expect(await (await handleLog(request(), { id })).text()).toContain("hello");
  const again = await call("builds.rerun", { id }, change);
  const second = await stage.reaches(String(again.data["id"]), "succeeded");
  expect(second.snapshot).toBe((await stage.reaches(id, "succeeded")).snapshot);
  const page = await call("builds.list", { limit: 1 });
  expect(page.data).toMatchObject({ builds: [{ id: second.id }], next: second.id });
});

test("an earlier build is offered as long as its files, options and repositories are the same", async () => {
  let contents = "Suite: one";
  const mirror = createServer((_, answer) => answer.end(contents)).listen(0, "127.0.0.1");
  onTestFinished(() => void mirror.close());
  await once(mirror, "listening");
  const { port } = mirror.address() as AddressInfo;
  const source = `<repository type="apt-deb"><source path="http://127.0.0.1:${port}"/></repository>`;
  const folder = join(stage.config.workspaceDir, "same");
  const file = join(folder, "config.xml");
  const text = image(`<preferences><version>1</version><type image="tbz"/></preferences>${source}`);
  await mkdir(folder);
  await writeFile(file, text);
  await copyFile(join(stage.config.workspaceDir, "one/behave.sh"), join(folder, "behave.sh"));
  const request = { description: "same/config.xml" };
  const same = async (more = {}) => (await call("builds.same", { ...request, ...more })).data;
  expect(await same()).toBeNull();
  const id = String((await call("builds.start", request, change)).data["id"]);
  await stage.reaches(id, "succeeded");
  expect(await same()).toMatchObject({ id, differences: [] });
  expect(await same({ options: { addPackages: ["vim"] } })).toMatchObject({ differences: ["The options are others."] });
  contents = "Suite: two";
  expect(await same()).toMatchObject({ id, differences: [expect.stringMatching(/repository .* has changed/)] });
  await writeFile(file, `${text}\n`);
  expect(await same()).toBeNull();
});

test("while the database is away nobody is logged out, and the answer says to wait", async () => {
  expect((await call("session.me", undefined)).status).toBe(200);
  await stopDatabase(stage.config);
  expect((await call("session.me", undefined)).status).toBe(200);
  const list = await call("builds.list", {});
  expect(list.status).toBe(503);
  expect(list.message).toContain("Please wait");
  await ensureDatabase(stage.config);
  expect((await call("builds.list", {})).status).toBe(200);
});

test("a failed build is explained with the place in today's file, by the site's rules first", async () => {
  const folder = join(stage.config.workspaceDir, "explained");
  await mkdir(folder, { recursive: true });
  const config = `<image schemaversion="8.5" name="explained">\n<include from="this://part.xml"/>\n${parts}</image>\n`;
  await writeFile(join(folder, "part.xml"), "<image/>");
  await writeFile(join(folder, "config.xml"), config);
  const error = "KiwiIncludFileNotFoundError: include reference '/d/part.xml' does not exist";
  await writeFile(join(folder, "behave.sh"), `echo "[ ERROR   ]: 10:00:00 | ${error}"; exit 1`);
  const started = await call("builds.start", { description: "explained/config.xml" }, change);
  expect(started.message).toBeUndefined();
  const id = String(started.data["id"]);
  await stage.reaches(id, "failed");
  // Two lines were written above it meanwhile.
  await writeFile(join(folder, "config.xml"), config.replace("<include", "<!-- a -->\n<!-- b -->\n<include"));

  const explained = await call("builds.explanation", { id });
  expect(explained.data).toMatchObject({
    rulesProblem: null,
    explanations: [{ rule: "include-missing", evidence: [{ line: 1 }], places: [{ file: "config.xml", line: 4 }] }],
  });

  const rules = join(stage.config.dataDir, "failure-rules.yaml");
  await writeFile(rules, "- {id: ours, title: Ours, error: Includ, cause: C., remedy: R.}\n");
  expect((await call("builds.explanation", { id })).data).toMatchObject({ explanations: [{ rule: "ours" }] });
  await writeFile(rules, "- {id: ours, error: '('}\n");
  const broken = await call("builds.explanation", { id });
  expect(broken.data).toMatchObject({ rulesProblem: expect.stringContaining("failure-rules.yaml") });
  expect(broken.data).toMatchObject({ explanations: [{ rule: "include-missing" }] });
  await rm(rules);
});

test("a failed build is held against the last good one: the first new line, and what was edited", async () => {
  const folder = join(stage.config.workspaceDir, "compared");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "config.xml"), `<image schemaversion="8.5" name="compared">${parts}</image>`);
  const start = async (behave: string) => {
    await writeFile(join(folder, "behave.sh"), behave);
    const { data } = await call("builds.start", { description: "compared/config.xml" }, change);
    return String(data["id"]);
  };
  const result = '{\\"disk_image\\": {\\"filename\\": \\"$1/a\\"}}';
  const good = await start(`echo step 1; mkdir -p "$1"; echo a > "$1/a"\necho "${result}" > "$1/kiwi.result.json"\n`);
  await stage.reaches(good, "succeeded");
  await writeFile(join(folder, "more.txt"), "new\n");
  const bad = await start("echo step 27; echo something new; exit 1\n");
  await stage.reaches(bad, "failed");

  expect((await call("builds.sinceLastGood", { id: bad })).data).toMatchObject({
    good: { id: good },
    lines: [{ line: 2, text: "something new" }],
    files: [
      { path: "behave.sh", change: "changed", patch: expect.stringContaining("+echo step 27") },
      { path: "more.txt", change: "added", patch: expect.stringContaining("+new") },
    ],
    moreFiles: 0,
  });
  expect((await call("builds.sinceLastGood", { id: good })).data).toBeNull();
});

test("what is in two images is listed, compared, counted in the history, and given to other tools", async () => {
  const folder = join(stage.config.workspaceDir, "listed");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "config.xml"), `<image schemaversion="8.5" name="listed">${parts}</image>`);
  const file = (key: string, name: string) => `"${key}": {"filename": "$1/${name}"}`;
  const result = `{${file("disk_image", "a.raw")}, ${file("image_packages", "a.packages")}, ${file("image_changes", "a.changes")}, ${file("image_verified", "a.verified")}}`;
  const build = async (bytes: string, packages: string[], changes: string) => {
    const lines = [
      `mkdir -p "$1"; printf '${bytes}' > "$1/a.raw"; printf '${changes}' > "$1/a.changes"`,
      `printf '%s\\n' ${packages.map((name) => `'${name}'`).join(" ")} > "$1/a.packages"`,
      `printf '..5......  c /etc/motd\\n' > "$1/a.verified"`,
      `echo "${result.replaceAll('"', '\\"')}" > "$1/kiwi.result.json"`,
    ];
    await writeFile(join(folder, "behave.sh"), `${lines.join("\n")}\n`);
    const { data } = await call("builds.start", { description: "listed/config.xml" }, change);
    await stage.reaches(String(data["id"]), "succeeded");
    return String(data["id"]);
  };
  const deb = (name: string, version: string) => `${name}|None|${version}|None|amd64|None|None`;
  const old = await build("1234", [deb("bash", "1"), deb("gone", "1")], "bash|\\nbash (1)\\n");
  const now = await build("123456", [deb("bash", "2"), deb("come", "1")], "bash|\\nbash (2) new\\n\\nbash (1)\\n");

  expect((await call("builds.contents", { id: now })).data).toMatchObject({
    packages: [{ name: "bash", version: "2", architecture: "amd64", licence: null }, { name: "come" }],
    verified: [{ path: "/etc/motd", differences: ["content"], configuration: true }],
  });
  expect((await call("builds.lastGood", { id: now })).data).toBe(old);
  expect((await call("builds.differences", { before: old, after: now })).data).toMatchObject({
    packages: {
      changes: [
        { name: "bash", before: "1", after: "2", news: "bash (2) new" },
        { name: "come", before: null, after: "1" },
        { name: "gone", before: "1", after: null },
      ],
      same: 0,
    },
    files: [{ path: "behave.sh", change: "changed" }],
  });
  expect((await call("builds.history", { description: "listed/config.xml" })).data).toMatchObject([
    { id: old, bytes: 4, packages: 2 },
    { id: now, bytes: 6, packages: 2 },
  ]);

  const sbom = (format: string) =>
    handleSbom(new Request(`http://localhost/x?format=${format}`, { headers: { cookie } }), { id: now });
  expect(await (await sbom("cyclonedx")).json()).toMatchObject({ components: [{ name: "bash" }, { name: "come" }] });
  expect((await sbom("spdx")).headers.get("content-disposition")).toContain(`listed-${now}.spdx.json`);
  expect((await sbom("word")).status).toBe(400);
});

test("figures are told to whoever has logged in or knows the word, and to nobody else", async () => {
  const ask = (headers: Record<string, string>) => handleMetrics(new Request("http://localhost/metrics", { headers }));
  const text = await (await ask({ cookie })).text();
  expect(text).toContain("kiwi_workbench_builder_up 1\n");
  expect(text).toMatch(/^kiwi_workbench_builds\{state="failed"\} [1-9]/m);
  expect(text).toMatch(/^kiwi_workbench_last_good_build_image_bytes\{description="listed\/config.xml",.*\} 6$/m);
  const word = "a long word for the collector";
  const bearer = { authorization: `Bearer ${word}` };
  expect((await ask({})).status).toBe(401);
  expect((await ask(bearer)).status).toBe(401);
  provideServices({ ...services, config: { ...services.config, metricsToken: word } });
  expect((await ask(bearer)).status).toBe(200);
  expect((await ask({ authorization: "Bearer another long word" })).status).toBe(401);
  provideServices(services);
});

test("a build that is made again tells what differs; its files, its evidence and its badge can be had", async () => {
  const folder = join(stage.config.workspaceDir, "again");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "config.xml"), `<image schemaversion="8.5" name="again">${parts}</image>`);
  await writeFile(
    join(folder, "behave.sh"),
    `root="$1/build/image-root"; mkdir -p "$root/etc"; echo same > "$root/etc/motd"; ln -s motd "$root/etc/issue"
date +%N > "$root/etc/machine-id"; tar -C "$root" -cf "$1/again.tar" etc
echo "{\\"root_archive\\": {\\"filename\\": \\"$1/again.tar\\"}}" > "$1/kiwi.result.json"\n`,
  );
  const started = await call("builds.start", { description: "again/config.xml" }, change);
  expect(started.message).toBe(undefined);
  const first = String(started.data["id"]);
  await stage.reaches(first, "succeeded");
  const second = String((await call("builds.rerun", { id: first }, change)).data["id"]);
  await stage.reaches(second, "succeeded");
  const id = second;

  expect((await call("builds.differences", { before: first, after: second })).data).toMatchObject({
    reproduction: { files: [{ name: "again.tar", same: false }] },
    imageFiles: {
      changes: [{ path: "etc/machine-id", origin: "", habit: expect.stringContaining("random name") }],
      same: 2,
      updated: 0,
    },
  });

  const request = (query = "") => new Request(`http://localhost/x${query}`, { headers: { cookie } });
  const taken = await handleImageFile(request("?path=etc/issue&view=1"), { id });
  expect(await taken.text()).toBe("same\n");
  expect(taken.headers.get("content-disposition")).toBe("inline");
  expect(taken.headers.get("content-security-policy")).toContain("sandbox");
  expect((await handleImageFile(request("?path=etc/absent"), { id })).status).toBe(404);

  const evidence = await handleEvidence(request(), { id });
  const archive = Buffer.from(await evidence.arrayBuffer());
  expect(archive.equals(Buffer.from(await (await handleEvidence(request(), { id })).arrayBuffer()))).toBe(true);
  const place = join(stage.config.dataDir, "evidence");
  await mkdir(place);
  execFileSync("tar", ["-xzf", "-", "-C", place], { input: archive });
  const unpacked = join(place, `again-${id}`);
  expect(execFileSync("sha256sum", ["-c", "SHA256SUMS"], { cwd: unpacked, encoding: "utf8" })).toContain(
    "build.log: OK",
  );
  expect(readFileSync(join(unpacked, "description/config.xml"), "utf8")).toContain('name="again"');
  expect(readFileSync(join(unpacked, "IMAGE-SHA256SUMS"), "utf8")).toMatch(/^[0-9a-f]{64} {2}again\.tar\n$/);

  const badge = "?description=again/config.xml";
  expect(await (await handleBadge(request(badge))).text()).toContain("again: succeeded");
  const stranger = () => handleBadge(new Request(`http://localhost/badge${badge}`));
  expect((await stranger()).status).toBe(401);
  provideServices({ ...services, config: { ...services.config, publicBadges: true } });
  onTestFinished(() => provideServices(services));
  expect((await stranger()).status).toBe(200);
});

const noMachines = (await findProgram("qemu-system-x86_64")) === null || process.getuid?.() !== 0;
test.skipIf(noMachines)("an image is started in a machine, which is typed into and stopped", async () => {
  const folder = join(stage.config.workspaceDir, "driven");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "config.xml"), `<image schemaversion="8.5" name="driven">${parts}</image>`);
  const image = bootSector("box login: ").toString("base64");
  await writeFile(
    join(folder, "behave.sh"),
    `mkdir -p "$1"; echo ${image} | base64 -d > "$1/a.raw"; truncate -s 1M "$1/a.raw"
echo "{\\"disk_image\\": {\\"filename\\": \\"$1/a.raw\\"}}" > "$1/kiwi.result.json"\n`,
  );
  const started = await call("builds.start", { description: "driven/config.xml" }, change);
  const id = String(started.data["id"]);
  await stage.reaches(id, "succeeded");
  expect((await call("drives.state", { id })).data).toBeNull();
  expect((await call("drives.start", { id }, change)).data).toMatchObject({ image: "a.raw", running: true });
  const says = async (from = 0) => {
    const answer = await handleConsole(new Request(`http://localhost/x?from=${from}`, { headers: { cookie } }), { id });
    return await answer.text();
  };
  await until(async () => (await says()).endsWith("box login: "));
  await call("drives.type", { id, text: "root" }, change);
  await until(async () => (await says("box login: ".length)) === "root");
  const picture = await handleScreen(new Request("http://localhost/x", { headers: { cookie } }), { id });
  expect(picture.headers.get("content-type")).toBe("image/png");
  await call("drives.stop", { id }, change);
  await until(async () => (await call("drives.state", { id })).data["running"] === false);
  expect((await call("drives.state", { id })).data).toMatchObject({ loginSeconds: expect.any(Number) });
});

test("logging out ends the session", async () => {
  expect((await call("session.logout", undefined, change)).status).toBe(200);
  expect((await call("session.me", undefined)).status).toBe(401);
});
