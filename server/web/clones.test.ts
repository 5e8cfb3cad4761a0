import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadConfig } from "#server/platform/config.ts";
import { testWorkspace } from "#server/workspace/test-workspace.ts";
import { Clones } from "./clones.ts";
import { SESSION_COOKIE } from "./cookie.ts";
import { handleTrpc } from "./index.ts";
import { provideServices, type Services } from "./services.ts";

const headers = { cookie: `${SESSION_COOKIE}=${"g".repeat(43)}`, "content-type": "application/json" };

test("a clone tells how far it is, and whoever goes away stops it", async () => {
  const workspace = await testWorkspace();
  onTestFinished(() => workspace[Symbol.asyncDispose]());
  // It has heard of half and waits for the rest forever.
  const git = `#!/bin/bash
    [[ $* == *version* ]] && { echo git version 2.47.0; exit; }
    printf 'Receiving objects:  50%%\\r' >&2; touch ${workspace.dir}/began; sleep 1000`;
  await workspace.write("../bin/git", git, 0o755);
  const config = loadConfig({
    KIWI_WORKBENCH_WORKSPACE: workspace.path,
    PATH: `${join(workspace.dir, "bin")}:/usr/bin:/bin`,
  });
  const sessions = { find: async () => ({ user: "me" }) };
  provideServices({ config, sessions, clones: new Clones() } as unknown as Services);

  const id = "a".repeat(32);
  const leaving = new AbortController();
  const body = JSON.stringify({ id, url: "https://example.com/x.git", branch: null, folder: "new" });
  const address = "http://localhost/api/trpc/git.clone";
  const answer = handleTrpc(new Request(address, { method: "POST", headers, body, signal: leaving.signal }));
  const progress = async () => {
    const input = encodeURIComponent(JSON.stringify({ id }));
    const told = await handleTrpc(
      new Request(`http://localhost/api/trpc/git.cloneProgress?input=${input}`, { headers }),
    );
    return told.json();
  };
  await expect.poll(() => existsSync(join(workspace.dir, "began"))).toBe(true);
  await expect.poll(progress).toEqual({ result: { data: "Receiving objects:  50%" } });
  expect(await readdir(workspace.path)).toHaveLength(1);
  leaving.abort();
  expect(await (await answer).text()).toContain("git was stopped");
  expect(await readdir(workspace.path)).toEqual([]);
  expect(await progress()).toEqual({ result: { data: "" } });
});
