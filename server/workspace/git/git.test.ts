import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { childEnvironment } from "#server/platform/child-environment.ts";
import { identityOf } from "#server/platform/process-identity.ts";
import { imageXml, testWorkspace } from "../test-workspace.ts";
import { gitBranches, switchBranch } from "./branches.ts";
import { commitFiles, discardChanges } from "./changes.ts";
import { type Checkout, findCheckout } from "./checkout.ts";
import { gitLog, textAt } from "./history.ts";
import { gitIdentity } from "./identity.ts";
import { addressKind, pull, push, withAccess } from "./remote.ts";
import { runGit } from "./run-git.ts";
import { gitStatus } from "./status.ts";

const searchPath = "/usr/local/bin:/usr/bin:/bin";
const identity = { name: "Ada", email: "ada@example.com" };

/** Throws away what a file's changes are at this moment. */
async function discardNow(checkout: Checkout, path: string): Promise<void> {
  const { stamp = "" } = (await gitStatus(checkout)).changes.find((change) => change.path === path) ?? {};
  await discardChanges(checkout, { path, stamp });
}

/** A checkout in the workspace's folder `images`, with a description in `images/one`. */
async function checkoutWith(files: Record<string, string> = {}) {
  const workspace = await testWorkspace({ "images/one/config.xml": imageXml("one"), "images/two/note": "2", ...files });
  onTestFinished(() => workspace[Symbol.asyncDispose]());
  const run = (folder: string, script: string) =>
    execFileSync("bash", ["-euc", script], {
      cwd: join(workspace.path, folder),
      encoding: "utf8",
      stdio: "pipe",
      env: childEnvironment({
        PATH: searchPath,
        HOME: workspace.dir,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "Bob",
        GIT_AUTHOR_EMAIL: "bob@example.com",
        GIT_COMMITTER_NAME: "Bob",
        GIT_COMMITTER_EMAIL: "bob@example.com",
      }),
    }).trim();
  const shell = (script: string) => run("images", script);
  shell("git init -q -b main . && git add -A && git commit -qm Begin");
  return { ...workspace, run, shell, checkout: await findCheckout(workspace.path, "images/one", searchPath) };
}

test("the status tells of the description's folder only", async () => {
  const { checkout, write, shell } = await checkoutWith({ "images/one/old": "x", "images/one/root/a b": "1" });
  expect(await gitStatus(checkout)).toMatchObject({ branch: "main", upstream: null, changes: [], unfinished: null });
  await write("images/one/config.xml", imageXml("changed"));
  await write("images/one/root/new ü\tfile", "new");
  await write("images/two/note", "changed");
  shell("rm one/old; echo 3 > 'one/staged'; git add one/staged; echo 4 > 'one/root/a b'");
  expect((await gitStatus(checkout)).changes.map(({ path, state }) => ({ path, state }))).toEqual([
    { path: "config.xml", state: "modified" },
    { path: "old", state: "deleted" },
    { path: "root/a b", state: "modified" },
    { path: "staged", state: "new" },
    { path: "root/new ü\tfile", state: "new" },
  ]);
});

test("chosen files are committed, and nothing else, whatever is staged", async () => {
  const { checkout, write, shell } = await checkoutWith({ "images/one/b": "b" });
  await write("images/one/config.xml", imageXml("two"));
  await write("images/one/:(top)new", "new");
  shell("echo staged > two/note; git add two/note; rm one/b");
  const paths = ["config.xml", ":(top)new", "b"];
  await commitFiles(checkout, { paths, message: "Why\n\n# not a comment", identity });
  expect(shell("git show --format='%an %ae%n%B' --name-status HEAD")).toBe(
    "Ada ada@example.com\nWhy\n\n# not a comment\n\n\nA\tone/:(top)new\nD\tone/b\nM\tone/config.xml",
  );
  expect(shell("git diff --cached --name-only")).toBe("two/note");
  expect((await gitStatus(checkout)).changes).toEqual([]);
  await expect(commitFiles(checkout, { paths: ["config.xml"], message: "x", identity })).rejects.toThrow(
    '"config.xml" has no changes any more',
  );
});

test("the first commit of a new repository", async () => {
  const { checkout, shell } = await checkoutWith();
  shell("rm -rf .git && git init -q -b first .");
  expect(await gitStatus(checkout)).toMatchObject({ branch: "first", head: null });
  expect(await gitLog(checkout, null, 10)).toEqual([]);
  expect(await textAt(checkout, "HEAD", "config.xml")).toBeNull();
  await commitFiles(checkout, { paths: ["config.xml"], message: "Begin", identity });
  expect(shell("git log --format=%s")).toBe("Begin");
});

test("changes of one file are thrown away, new files and links with them", async () => {
  const { checkout, write, link, path, dir, shell } = await checkoutWith({ "images/one/gone": "back" });
  await write("images/one/config.xml", "changed");
  await write("images/one/new", "new");
  await link("images/one/out", "../../../outside/secret.txt");
  shell("rm one/gone; git add one/new; echo more >> one/new");
  for (const file of ["config.xml", "gone", "new", "out"]) await discardNow(checkout, file);
  expect((await gitStatus(checkout)).changes).toEqual([]);
  expect(readFileSync(join(path, "images/one/config.xml"), "utf8")).toBe(imageXml("one"));
  expect(readFileSync(join(path, "images/one/gone"), "utf8")).toBe("back");
  expect(existsSync(join(path, "images/one/new"))).toBe(false);
  expect(readFileSync(join(dir, "outside/secret.txt"), "utf8")).toBe("secret");
  await expect(discardNow(checkout, "../two/note")).rejects.toThrow("no changes any more");
});

test("a file that somebody has changed meanwhile is not thrown away", async () => {
  const { checkout, write, path } = await checkoutWith();
  await write("images/one/config.xml", "seen");
  const [seen] = (await gitStatus(checkout)).changes;
  await write("images/one/config.xml", "not seen");
  await expect(discardChanges(checkout, { path: "config.xml", stamp: seen?.stamp ?? "" })).rejects.toThrow(
    "changed since you looked",
  );
  expect(readFileSync(join(path, "images/one/config.xml"), "utf8")).toBe("not seen");
});

test("the history of a folder and of a file, with the texts of any version", async () => {
  const { checkout, write, shell } = await checkoutWith();
  await write("images/one/config.xml", imageXml("second"));
  shell("git commit -qam 'Second: a\ttab'; echo x > two/note; git commit -qam Elsewhere; echo y > one/b; git add one");
  shell("git commit -qm Third");
  const log = await gitLog(checkout, null, 10);
  expect(log.map(({ subject, author }) => [subject, author])).toEqual([
    ["Third", "Bob"],
    ["Second: a\ttab", "Bob"],
    ["Begin", "Bob"],
  ]);
  const [second, begin] = await gitLog(checkout, "config.xml", 10);
  expect(await textAt(checkout, second?.id ?? "", "config.xml")).toBe(imageXml("second"));
  expect(await textAt(checkout, begin?.id ?? "", "config.xml")).toBe(imageXml("one"));
  expect(await textAt(checkout, begin?.id ?? "", "b")).toBeNull();
  await write("images/one/binary", new Uint8Array([0, 1, 2]));
  shell("git add . && git commit -qm binary");
  await expect(textAt(checkout, "HEAD", "binary")).rejects.toThrow("no text file");
});

test("branches are made and switched to, unless changes would be lost", async () => {
  const { checkout, write, shell } = await checkoutWith();
  await write("images/one/config.xml", imageXml("changed"));
  await switchBranch(checkout, "topic/x", true);
  expect(await gitStatus(checkout)).toMatchObject({ branch: "topic/x", changes: [{ path: "config.xml" }] });
  await commitFiles(checkout, { paths: ["config.xml"], message: "x", identity });
  expect((await gitBranches(checkout)).here.sort()).toEqual(["main", "topic/x"]);
  await write("images/one/config.xml", imageXml("again"));
  await expect(switchBranch(checkout, "main", false)).rejects.toThrow(
    "overwrite changes that are not committed: one/config.xml",
  );
  await discardNow(checkout, "config.xml");
  await switchBranch(checkout, "main", false);
  expect(shell("cat one/config.xml")).toBe(imageXml("one"));
  await expect(switchBranch(checkout, "nowhere", false)).rejects.toThrow("no such branch");
  await expect(switchBranch(checkout, "main", true)).rejects.toThrow("exists already");
  await expect(switchBranch(checkout, "a..b", true)).rejects.toThrow("cannot be its name");
});

test("commits go to the remote and come from it; what cannot be fast-forwarded says so", async () => {
  const { checkout, write, run, shell, path } = await checkoutWith();
  run("", "git clone -q --bare images remote.git; git clone -q remote.git other");
  shell("git remote add origin ../remote.git");
  const access = { workspace: path };
  await expect(pull(checkout, access)).rejects.toThrow("follows no branch");
  await write("images/one/config.xml", imageXml("mine"));
  await commitFiles(checkout, { paths: ["config.xml"], message: "Mine", identity });
  await push(checkout, access);
  expect(run("remote.git", "git log -1 --format=%s main")).toBe("Mine");
  expect(await gitStatus(checkout)).toMatchObject({ upstream: "origin/main", ahead: 0, behind: 0 });
  run("other", "git pull -q; echo theirs > one/theirs; git add -A; git commit -qm Theirs; git push -q");
  await pull(checkout, access);
  expect(shell("cat one/theirs")).toBe("theirs");
  run("other", "echo 2 > one/theirs; git commit -qam Theirs2; git push -q");
  await write("images/one/config.xml", imageXml("mine again"));
  await commitFiles(checkout, { paths: ["config.xml"], message: "Mine again", identity });
  await expect(push(checkout, access)).rejects.toThrow("Pull first");
  await expect(pull(checkout, access)).rejects.toThrow("Both sides have commits");
  expect(await gitStatus(checkout)).toMatchObject({ ahead: 1, behind: 1 });
  shell("git remote set-url origin ../../outside");
  await expect(push(checkout, access)).rejects.toThrow("must lie in the workspace");
});

test("nothing that a repository names is run, whatever is looked at or done", async () => {
  const { checkout, write, run, shell, path, dir } = await checkoutWith({
    "images/.gitattributes": "*.xml diff=evil merge=evil\n*.sh filter=evil\n",
    "images/one/a.sh": "echo\n",
  });
  run("", "git clone -q --bare images remote.git");
  const evil = join(dir, "evil");
  await write("../evil", `#!/bin/bash\ntouch ${dir}/ran\ncat\n`, 0o755);
  shell(`git remote add origin ../remote.git
    git config branch.main.remote origin; git config branch.main.merge refs/heads/main; git fetch -q origin
    for hook in pre-commit commit-msg post-commit post-checkout pre-push post-merge reference-transaction post-index-change
    do cp ${evil} .git/hooks/$hook; cp ${evil} ../remote.git/hooks/$hook; done
    cp ${evil} ../remote.git/hooks/pre-receive; cp ${evil} ../remote.git/hooks/update
    for key in core.fsmonitor core.sshCommand core.askPass core.pager core.editor core.gitProxy diff.external gpg.program \\
      core.alternateRefsCommand filter.evil.clean filter.evil.smudge filter.evil.process diff.evil.textconv diff.evil.command \\
      merge.evil.driver credential.helper remote.origin.uploadpack remote.origin.receivepack sequence.editor
    do git config $key ${evil}; done
    git config commit.gpgSign true; git config log.showSignature true; git config core.hooksPath ${dir}/hooks
    mkdir ${dir}/hooks; cp ${evil} ${dir}/hooks/pre-commit; touch one/a.sh`);
  await write("images/one/config.xml", imageXml("two"));
  await gitStatus(checkout);
  await gitLog(checkout, "config.xml", 5);
  await textAt(checkout, "HEAD", "a.sh");
  await gitBranches(checkout);
  await gitIdentity(checkout);
  await commitFiles(checkout, { paths: ["config.xml"], message: "x", identity });
  await push(checkout, { workspace: path });
  await write("images/one/a.sh", "echo changed\n");
  await expect(commitFiles(checkout, { paths: ["a.sh"], message: "x", identity })).rejects.toThrow(
    '"one/a.sh" passes a filter of git ("evil")',
  );
  await expect(discardNow(checkout, "a.sh")).rejects.toThrow("passes a filter");
  await switchBranch(checkout, "other", true);
  await expect(switchBranch(checkout, "main", false)).rejects.toThrow("passes a filter");
  await expect(pull(checkout, { workspace: path })).rejects.toThrow("follows no branch");
  shell("git branch -q --set-upstream-to origin/main; printf '*.xml diff=evil\\n' > .gitattributes");
  await pull(checkout, { workspace: path });
  expect(existsSync(join(dir, "ran"))).toBe(false);
});

test("a working tree elsewhere, and git's files elsewhere, are not believed", async () => {
  const { checkout, shell, run, dir, path, write } = await checkoutWith();
  shell(`git config core.worktree ${dir}/outside`);
  expect((await gitStatus(checkout)).changes).toEqual([]);
  run("", `mkdir ../foreign; git init -q ../foreign/repo`);
  await write("three/config.xml", imageXml("three"));
  await write("three/.git", `gitdir: ${dir}/foreign/repo/.git\n`);
  await expect(findCheckout(path, "three", searchPath)).rejects.toThrow("no checkout of git");
  shell(`git config --unset core.worktree; git worktree add -q ${path}/tree`);
  expect(await gitStatus(await findCheckout(path, "tree/one", searchPath))).toMatchObject({ branch: "tree" });
});

test("a machine without git says so, and a git that is stopped leaves nothing behind that works on", async () => {
  await expect(runGit(["version"], "/nonexistent")).rejects.toThrow("git is not installed");
  const { write, dir } = await checkoutWith();
  await write("../bin/git", `#!/bin/bash\n(sleep 1000; true) & echo $! > ${dir}/inner; wait\n`, 0o755);
  const stop = new AbortController();
  const work = runGit(["status"], `${dir}/bin:${searchPath}`, { signal: stop.signal });
  await expect.poll(() => existsSync(join(dir, "inner")) && readFileSync(join(dir, "inner"), "utf8")).toMatch(/\d\n/);
  stop.abort();
  await expect(work).rejects.toThrow("git was stopped");
  const inner = Number(readFileSync(join(dir, "inner"), "utf8"));
  await expect.poll(() => identityOf(inner)).toBeNull();
});

test("who commits is known from the repository's settings", async () => {
  const { checkout, shell } = await checkoutWith();
  shell("git config user.name 'Grace H'; git config user.email grace@example.com");
  expect(await gitIdentity(checkout)).toEqual({ name: "Grace H", email: "grace@example.com" });
});

test("logins come from their file, whatever the repository names, and stay in it when they are refused", async () => {
  const { checkout, write, shell, dir, path } = await checkoutWith();
  const logins = "https://ada:s3cret%21@example.com\n";
  await write("../log'ins", logins);
  await write("../evil", `#!/bin/bash\ntouch ${dir}/ran\n`, 0o755);
  shell(`git config credential.helper ${dir}/evil; git config credential.https://example.com.helper ${dir}/evil`);
  const ask = (how: string, input: string) =>
    withAccess({ workspace: path, credentials: join(dir, "log'ins") }, false, (options) =>
      checkout.git(["credential", how], { ...options, input }),
    );
  const filled = (await ask("fill", "protocol=https\nhost=example.com\n\n")).toString();
  expect(filled).toContain("username=ada\npassword=s3cret!\n");
  await ask("reject", filled);
  expect(readFileSync(join(dir, "log'ins"), "utf8")).toBe(logins);
  expect(existsSync(join(dir, "ran"))).toBe(false);
  await expect(ask("fill", "protocol=https\nhost=elsewhere.example\n\n")).rejects.toThrow("wants a login");
});

test.each([
  ["https://example.com/x.git", "https"],
  ["https://me@example.com/x.git", "https"],
  ["ssh://git@example.com:22/x", "ssh"],
  ["git@example.com:me/x.git", "ssh"],
  ["example.com:x", "ssh"],
  ["ext::sh -c evil", null],
  ["ext::sh", null],
  ["http://example.com/x", null],
  ["git://example.com/x", null],
  ["--upload-pack=evil", null],
  ["ssh://-oProxyCommand=evil/x", null],
  ["ssh://me@-oProxyCommand=evil/x", null],
  ["-oProxyCommand=evil:x", null],
  ["me@-oProxyCommand=evil:x", null],
  ["https://me:secret@example.com/x", null],
  ["file:///etc", null],
  ["/etc", null],
  ["../outside", null],
  ["https://example.com/x\n--evil", null],
  ["", null],
  ["repo.git", "file"],
])("the address %j is of the kind %s", async (url, kind) => {
  await using workspace = await testWorkspace({ "repo.git/HEAD": "x" });
  const answer = addressKind(url, workspace.path);
  if (kind === null) await expect(answer).rejects.toThrow(/cannot be used/);
  else expect(await answer).toBe(kind);
  await expect(addressKind("https://me:secret@example.com/x", workspace.path)).rejects.not.toThrow(/secret/);
});
