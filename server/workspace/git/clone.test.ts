import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { imageXml, testWorkspace } from "../test-workspace.ts";
import { findCheckout } from "./checkout.ts";
import { CLONE_LIMIT, cloneDescription } from "./clone.ts";
import { gitStatus } from "./status.ts";

const searchPath = "/usr/local/bin:/usr/bin:/bin";

/** A workspace with a bare repository of these files, and a way to clone. */
async function repositoryWith(files: Record<string, string>) {
  const workspace = await testWorkspace(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`../source/${path}`, text])),
  );
  onTestFinished(() => workspace[Symbol.asyncDispose]());
  const shell = (script: string) =>
    execFileSync("bash", ["-euc", script], { cwd: workspace.dir, encoding: "utf8", stdio: "pipe" });
  const git = "git -c user.name=Bob -c user.email=bob@example.com";
  shell(`cd source; ${git} init -q -b main .; ${git} add -A; ${git} commit -qm Begin; ${git} branch other
    ${git} clone -q --bare . ../workspace/source.git`);
  const said: string[] = [];
  const clone = (url: string, options: { branch?: string; limit?: number; signal?: AbortSignal } = {}) =>
    cloneDescription(
      { folder: "new", url, branch: options.branch ?? null },
      { workspace: workspace.path, signal: options.signal },
      { searchPath, onProgress: (text) => said.push(text), limit: options.limit ?? CLONE_LIMIT },
    );
  return { ...workspace, shell, clone, said };
}

test("a repository becomes a checkout with all its descriptions, and tells how far it is", async () => {
  const { clone, path, said } = await repositoryWith({
    "a/config.xml": imageXml("a"),
    "b/b.kiwi": imageXml("b"),
  });
  expect(await clone("source.git")).toEqual({ descriptions: ["new/a/config.xml", "new/b/b.kiwi"], leftOut: [] });
  expect(said.join("\n")).toMatch(/Receiving objects: +100%/);
  const status = await gitStatus(await findCheckout(path, "new/a", searchPath));
  expect(status).toMatchObject({ branch: "main", upstream: "origin/main", changes: [] });
});

test("a branch can be chosen", async () => {
  const { clone, path } = await repositoryWith({ "config.xml": imageXml("a") });
  await clone("source.git", { branch: "other" });
  expect(await gitStatus(await findCheckout(path, "new", searchPath))).toMatchObject({ branch: "other" });
});

test("nothing of the repository runs, and nothing of it comes but its files", async () => {
  const { clone, path, dir, shell } = await repositoryWith({
    "config.xml": imageXml("a"),
    ".gitattributes": "*.xml filter=evil\n",
    ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = ext::sh -c "touch ran"\n',
  });
  shell(`cd workspace/source.git; printf '#!/bin/sh\\ntouch ${dir}/ran\\n' > hooks/post-checkout; chmod +x hooks/*
    cp hooks/post-checkout hooks/pre-receive; git config uploadpack.packObjectsHook hooks/post-checkout`);
  await clone("source.git");
  expect(existsSync(join(dir, "ran"))).toBe(false);
  expect(existsSync(join(path, "new/.git/hooks"))).toBe(false);
});

test.each([
  ["outside of the workspace", () => "../source", /must lie in the workspace/],
  ["a program", () => "ext::sh -c 'touch ran'", /cannot be used/],
  ["an option", () => "--upload-pack=touch ran", /cannot be used/],
  ["nowhere", () => "nowhere.git", /must lie in the workspace/],
  ["no answer", () => "https://127.0.0.1:9/x.git", /does not answer/],
])("%s is refused, and nothing stays", async (_, url, reason) => {
  const { clone, path } = await repositoryWith({ "config.xml": imageXml("a") });
  await expect(clone(url())).rejects.toThrow(reason);
  expect(await readdir(path)).toEqual(["source.git"]);
});

test("repositories that are too large, hold no description or are given up leave nothing", async () => {
  const { clone, path, shell } = await repositoryWith({ readme: "none" });
  await expect(clone("source.git")).rejects.toThrow("no description in this repository");
  await expect(clone("source.git", { limit: 100 })).rejects.toThrow("larger than");
  await expect(clone("source.git", { signal: AbortSignal.abort() })).rejects.toThrow("was stopped");
  await expect(clone("source.git", { branch: "nowhere" })).rejects.toThrow(/nowhere|no such branch/);
  shell("true");
  expect(await readdir(path)).toEqual(["source.git"]);
});
