import { execFileSync } from "node:child_process";
import { chmod, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { importLimits } from "#lib/contracts/import.ts";
import { loadConfig } from "#server/platform/config.ts";
import { imageXml, testWorkspace } from "#server/workspace/test-workspace.ts";
import { SESSION_COOKIE } from "./cookie.ts";
import { provideServices, type Services } from "./services.ts";
import { handleExport, handleImport } from "./transfers.ts";

/** As long as a session's value is. */
const good = "g".repeat(43);
const text = imageXml("one", '<profiles><profile name="Live" description=""/></profiles>');

async function workspaceWith(files: Record<string, string>) {
  const workspace = await testWorkspace(files);
  onTestFinished(() => workspace[Symbol.asyncDispose]());
  const config = loadConfig({ KIWI_WORKBENCH_WORKSPACE: workspace.path, PATH: "/usr/bin:/bin" });
  const sessions = { find: async (value: string) => (value === good ? { user: "me" } : null) };
  provideServices({ config, sessions } as unknown as Services);
  return workspace;
}

const request = (path: string, options: RequestInit = {}) =>
  new Request(`http://localhost/api/descriptions/${path}`, {
    ...options,
    headers: { cookie: `${SESSION_COOKIE}=${good}`, ...options.headers },
  });

/** A form as a browser sends it: with its length. */
async function sent(fields: Record<string, string | File | File[]>, cut = 0): Promise<Request> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one);
  const whole = new Response(form);
  const body = (await whole.bytes()).subarray(0, cut === 0 ? undefined : -cut);
  const headers = { "content-type": whole.headers.get("content-type") ?? "", "content-length": String(body.length) };
  return request("import", { method: "POST", body, headers });
}

/** Everything in a folder: names, rights, links and texts. */
const listing = (folder: string) =>
  execFileSync("bash", ["-c", "find . -printf '%p %y %m %l\\n' | sort; find . -type f | sort | xargs sha256sum"], {
    cwd: folder,
    encoding: "utf8",
  });

test("what was exported and imported again is the same", async () => {
  const { write, link, path } = await workspaceWith({ "images/one/config.xml": text, "images/shared.xml": "<image/>" });
  await write("images/one/root/etc/sudoers.d/me", "me ALL=ALL\n", 0o440);
  await write("images/one/config.sh", "#!/bin/bash\n", 0o755);
  await write("images/one/root/usr/bin/large", Buffer.alloc(200_000, 7));
  await write("images/one/root/etc/nothing", "");
  await link("images/one/root/etc/localtime", "/usr/share/zoneinfo/UTC");
  await link("images/one/Live/etc/dangling", "../not/there");
  await link("images/one/parts", "root/etc");
  await write("images/one/.git/config", "[core]\n");
  await chmod(join(path, "images/one/root/etc"), 0o750);
  const answer = await handleExport(request("export?description=images/one/config.xml"));
  expect(answer.headers.get("content-disposition")).toContain('filename="one.tar.gz"');
  const archive = new File([await answer.bytes()], "one.tar.gz");
  const imported = await handleImport(await sent({ folder: "two", archive }));
  expect(await imported.json()).toEqual({ descriptions: ["two/config.xml"], leftOut: [] });
  execFileSync("rm", ["-r", join(path, "images/one/.git")]);
  expect(listing(join(path, "two"))).toBe(listing(join(path, "images/one")));
});

test("a link to another place of the workspace becomes what it leads to, one out of it is refused", async () => {
  const { link, path } = await workspaceWith({ "one/config.xml": text, "shared.xml": "<image/>" });
  await link("one/shared.xml", "../shared.xml");
  const answer = await handleExport(request("export?description=one/config.xml"));
  const names = execFileSync("tar", ["-tvzf", "-"], { input: await answer.bytes(), encoding: "utf8" });
  expect(names).toMatch(/^-\S+ .* one\/shared\.xml$/m);
  await link("one/out", "../../outside/secret.txt");
  const refused = await handleExport(request("export?description=one/config.xml"));
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('"out" leads out')]);
  expect(await readdir(join(path, "one"))).toContain("out");
});

test("files of a folder arrive with their paths, and refusals have a sentence", async () => {
  const { path } = await workspaceWith({});
  const files = [new File([text], "mine/config.xml"), new File(["hi"], "mine/root/etc/motd")];
  const good = await handleImport(await sent({ folder: "mine", file: files }));
  expect(await good.json()).toEqual({ descriptions: ["mine/config.xml"], leftOut: [] });
  expect(await readFile(join(path, "mine/root/etc/motd"), "utf8")).toBe("hi");

  const statusOf = async (fields: Parameters<typeof sent>[0], cut?: number) => {
    const answer = await handleImport(await sent(fields, cut));
    return [answer.status, (await answer.text()).trim()];
  };
  expect(await statusOf({ folder: "mine", file: files })).toEqual([409, 'The folder "mine" exists already.']);
  expect(await statusOf({ folder: "../out", file: files })).toEqual([400, expect.stringMatching(/^folder: Must be/)]);
  expect(await statusOf({ folder: "other" })).toEqual([400, expect.stringContaining("no description")]);
  expect(await statusOf({ folder: "other", file: files }, 40)).toEqual([400, expect.stringContaining("as a whole")]);
  expect(await readdir(path)).toEqual(["mine"]);
});

test("nobody who has not logged in gets anywhere, and nobody sends more than is allowed", async () => {
  await workspaceWith({ "one/config.xml": text });
  const stranger = { headers: { cookie: "" } };
  expect((await handleExport(request("export?description=one/config.xml", stranger))).status).toBe(401);
  const tooMuch = { method: "POST", body: "x", headers: { "content-length": String(importLimits.upload * 2) } };
  expect((await handleImport(request("import", tooMuch))).status).toBe(413);
  expect((await handleExport(request("export?description=../x"))).status).toBe(404);
  expect((await handleExport(request("export?description=two/config.xml"))).status).toBe(404);
});
