import { spawnSync } from "node:child_process";
import { chmod, chown, cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { User } from "#server/platform/users.ts";
import { runCommand } from "./command.ts";
import type { Step, Terminal } from "./terminal.ts";
import { hashWebSources } from "./web-sources.ts";

/** The web application, ready to run by its own user. */
export type Deployment = { folder: string; node: string };

/**
 * Builds the web application for production, unless this state of the sources has been built, and lays it where the
 * web server's user can read it: the project itself may lie in a home folder that is closed to others.
 */
export async function deployWeb(project: string, webDir: string, user: User, terminal: Terminal): Promise<Deployment> {
  const hash = await hashWebSources(project);
  const folder = join(webDir, hash);
  if (!(await exists(join(folder, "server.js")))) {
    await terminal.step("Building the web application", async (step) => {
      await build(project, hash, step);
      await layOut(project, folder);
    });
    await removeOthers(webDir, hash);
  }
  return { folder, node: await reachableNode(webDir, user) };
}

/** Runs Next's build, unless its output in the project is of just these sources. */
async function build(project: string, hash: string, step: Step): Promise<void> {
  const mark = join(project, ".next", "built-from");
  if ((await readFile(mark, "utf8").catch(() => "")) === hash) return;
  await rm(mark, { force: true });
  const next = join(project, "node_modules", "next", "dist", "bin", "next");
  // Next takes another NODE_ENV than production as a mistake.
  const environment = ["env", "-u", "NODE_ENV", "NEXT_TELEMETRY_DISABLED=1", "NO_COLOR=1"];
  const onLine = (line: string) => step.progress(line.trim());
  await runCommand([...environment, process.execPath, next, "build"], { cwd: project, onLine });
  await writeFile(mark, hash);
}

/** Copies Next's self-contained output together with what it leaves to its user to copy, then shows it by a rename. */
async function layOut(project: string, folder: string): Promise<void> {
  const temporary = `${folder}.tmp`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  await cp(join(project, ".next", "standalone"), temporary, { recursive: true, verbatimSymlinks: true });
  await cp(join(project, ".next", "static"), join(temporary, ".next", "static"), { recursive: true });
  if (await exists(join(project, "public"))) {
    await cp(join(project, "public"), join(temporary, "public"), { recursive: true });
  }
  await openForReading(temporary);
  await rename(temporary, folder);
}

/** A strict umask of whoever installed the project must not keep the web server's user out. */
async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openForReading(path);
    else if (entry.isFile()) await chmod(path, 0o644);
  }
}

/** Older builds of the application are of no use; the one that a running server still has open stays readable to it. */
async function removeOthers(webDir: string, keep: string): Promise<void> {
  for (const name of await readdir(webDir)) {
    if (name !== keep && /^[0-9a-f]{16}(\.tmp)?$/.test(name)) await rm(join(webDir, name), { recursive: true });
  }
}

/** This Node, or a copy of it where its own place is closed to the user. */
async function reachableNode(webDir: string, user: User): Promise<string> {
  const canRun = (node: string) => {
    const who = process.getuid?.() === 0 ? { uid: user.uid, gid: user.gid } : {};
    return spawnSync(node, ["--version"], { ...who, cwd: "/", env: { NODE_ENV: "production" } }).status === 0;
  };
  if (canRun(process.execPath)) return process.execPath;
  const copy = join(webDir, `node-${process.version}`);
  if (!canRun(copy)) {
    await cp(process.execPath, copy, { force: true });
    await chmod(copy, 0o755);
    await chown(copy, 0, 0);
  }
  return copy;
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
