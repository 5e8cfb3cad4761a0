import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Build } from "#lib/contracts/build.ts";
import type { SnapshotManifest } from "#lib/contracts/snapshot.ts";
import { type Database, ensureDatabase, getBuild, openDatabase, stopDatabase, submitBuild } from "#server/db/index.ts";
import { hostArchitecture } from "#server/kiwi/index.ts";
import { childEnvironment } from "#server/platform/child-environment.ts";
import { type Config, loadConfig } from "#server/platform/config.ts";

export type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

/**
 * A real database and a real daemon in a folder of their own. In the place of KIWI stands a program that does what the
 * description's `behave.sh` says: it is called with the target folder.
 */
export type Stage = {
  dir: string;
  config: Config;
  db: Database;
  startDaemon(): Promise<ChildProcess>;
  submit(behaviour: string, options?: { keepManifest?: boolean }): Promise<Build>;
  /** Waits until a build is in a state. */
  reaches(id: string, state: Build["state"]): Promise<Build>;
  get(path: string, headers?: Record<string, string>, method?: string): Promise<Answer>;
  /** Opens a stream of bytes. */
  stream(path: string): Promise<IncomingMessage>;
  close(): Promise<void>;
};

/** Behaviour that leaves one result, as KIWI does: the end of a build that succeeds. */
export const SUCCESS = `printf 0123456789 > "$1/image.raw"
printf '{"disk_image": {"filename": "%s/image.raw"}}' "$1" > "$1/kiwi.result.json"
`;

export async function createStage(): Promise<Stage> {
  const dir = await mkdtemp(join(tmpdir(), "builder-"));
  // The database's own user must be able to pass.
  await chmod(dir, 0o755);
  const environment = {
    PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
    KIWI_WORKBENCH_DATA: join(dir, "data"),
    KIWI_WORKBENCH_KIWI: await writeStandIn(dir),
  };
  const config = loadConfig(environment);
  await ensureDatabase(config);
  const db = await openDatabase(config, { role: "cli" });
  const daemons: ChildProcess[] = [];
  const ask = (path: string, headers: Record<string, string> = {}, method = "GET") =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const socketPath = config.paths.builderSocket;
      request({ socketPath, path, headers, method }, resolve).once("error", reject).end();
    });

  return {
    dir,
    config,
    db,
    async startDaemon() {
      const output = await open(join(dir, "daemon.log"), "a");
      const daemon = spawn(process.execPath, [join(import.meta.dirname, "main.ts")], {
        env: childEnvironment(environment),
        stdio: ["ignore", output.fd, output.fd],
      });
      await output.close();
      daemons.push(daemon);
      await until(() => ask("/trpc/status").then((answer) => answer.resume().statusCode === 200));
      return daemon;
    },
    submit: (behaviour, options) => submitBehaviour(config, db, behaviour, options),
    reaches: (id, state) =>
      until(async () => {
        const build = await getBuild(db, id);
        return build?.state === state ? build : null;
      }),
    async get(path, headers, method) {
      const answer = await ask(path, headers, method);
      let body = "";
      for await (const chunk of answer.setEncoding("utf8")) body += chunk;
      return { status: answer.statusCode ?? 0, headers: answer.headers, body };
    },
    stream: (path) => ask(path),
    async close() {
      for (const daemon of daemons) await end(daemon, "SIGTERM");
      await db.close();
      await stopDatabase(config);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Asks for a build in which the stand-in for KIWI does what a shell script says. */
export async function submitBehaviour(
  config: Config,
  db: Database,
  behaviour: string,
  { keepManifest = false } = {},
): Promise<Build> {
  const files = { "config.xml": "<image/>", "behave.sh": behaviour };
  const snapshot = await writeSnapshot(config.paths.snapshots, files, keepManifest);
  return submitBuild(db, {
    request: { description: "test/config.xml", profiles: [] },
    snapshot,
    imageName: "test",
    imageVersion: "1.0.0",
    requestedBy: "tester",
    architecture: hostArchitecture(),
  });
}

/** Ends a process and waits until it is gone. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill(signal);
  await exit;
}

/** Asks again until there is an answer; an error counts as none. The test's own time limit ends it. */
export async function until<T>(question: () => Promise<T | null | false>): Promise<T> {
  for (;;) {
    const answer = await question().catch(() => null);
    if (answer !== null && answer !== false) return answer;
    await sleep(20);
  }
}

/** A schema that knows the attributes of <image> and allows everything below. */
const SCHEMA = `<grammar xmlns="http://relaxng.org/ns/structure/1.0">
  <start>
    <element name="image">
      <attribute name="schemaversion"><value>8.5</value></attribute>
      <attribute name="name"/>
      <zeroOrMore><ref name="anything"/></zeroOrMore>
    </element>
  </start>
  <define name="anything">
    <element>
      <anyName/>
      <zeroOrMore><choice><attribute><anyName/></attribute><text/><ref name="anything"/></choice></zeroOrMore>
    </element>
  </define>
</grammar>
`;

/** Writes the program that stands in KIWI's place, and returns its path. */
export async function writeStandIn(dir: string): Promise<string> {
  const [bin, packages] = [join(dir, "bin"), join(dir, "packages")];
  await mkdir(join(packages, "kiwi", "schema"), { recursive: true });
  await mkdir(bin);
  await writeFile(join(packages, "kiwi", "__init__.py"), "");
  await writeFile(join(packages, "kiwi", "schema", "kiwi.rng"), SCHEMA);
  const python = join(bin, "python3");
  await writeFile(python, `#!/bin/sh\nPYTHONPATH=${packages} exec /usr/bin/python3 "$@"\n`, { mode: 0o755 });
  const command = join(bin, "kiwi-ng");
  await writeFile(
    command,
    `#!${python}
import os, sys
if "--version" in sys.argv:
    print("KIWI (next generation) version 11.1.6")
    sys.exit(0)
value = lambda option: sys.argv[sys.argv.index(option) + 1]
if "create" in sys.argv:
    sys.exit(0)
target = os.path.dirname(os.path.dirname(value("--root")))
os.execv("/bin/sh", ["sh", value("--description") + "/behave.sh", target])
`,
    { mode: 0o755 },
  );
  return command;
}

async function writeSnapshot(dir: string, files: Record<string, string>, keepManifest: boolean): Promise<string> {
  const entries: SnapshotManifest["entries"] = [];
  for (const [path, text] of Object.entries(files)) {
    const sha256 = digest(text);
    const folder = join(dir, "blobs", sha256.slice(0, 2));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, sha256), text);
    entries.push({ kind: "file", path, mode: 0o644, size: Buffer.byteLength(text), sha256 });
  }
  const manifest = JSON.stringify({ format: 1, imageFile: "config.xml", entries } satisfies SnapshotManifest);
  await mkdir(join(dir, "manifests"), { recursive: true });
  if (!keepManifest) await writeFile(join(dir, "manifests", `${digest(manifest)}.json`), manifest);
  return digest(manifest);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
