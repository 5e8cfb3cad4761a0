import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ensureDatabase, eventsAfter, requestCancel } from "#server/db/index.ts";
import { hostArchitecture } from "#server/kiwi/index.ts";
import { createStage, end, type Stage, SUCCESS, until } from "./daemon-fixture.ts";

let stage: Stage;
let daemon: Awaited<ReturnType<Stage["startDaemon"]>>;

beforeAll(async () => {
  stage = await createStage();
  daemon = await stage.startDaemon();
});
afterAll(() => stage.close());

/** Writes a line, then waits for a file; notes in another how often it was started. */
const waiting = (name: string) => `echo started >> ${stage.dir}/${name}.starts
echo before
while [ ! -e ${stage.dir}/${name}.go ]; do sleep 0.05; done
echo after
${SUCCESS}`;
const go = (name: string) => writeFile(join(stage.dir, `${name}.go`), "");
const starts = async (name: string) =>
  (await readFile(join(stage.dir, `${name}.starts`), "utf8")).trim().split("\n").length;
/** Submits a build that waits, and returns when its program runs. */
const submitWaiting = async (name: string) => {
  const build = await stage.submit(waiting(name));
  await stage.reaches(build.id, "running");
  await until(() => starts(name));
  return build;
};
const runnerOf = async (id: string) => {
  const text = await readFile(join(stage.config.paths.builds, id, "0", "runner.json"), "utf8");
  return (JSON.parse(text) as { runner: { pid: number } }).runner.pid;
};

describe("the builder daemon", () => {
  it("builds, records what happened in order, and hands out exactly the results", async () => {
    const { id } = await stage.submit(`echo hello; ${SUCCESS}`);
    const build = await stage.reaches(id, "succeeded");
    expect(build).toMatchObject({ exitCode: 0, reason: null, kiwiVersion: "11.1.6", attempt: 0 });
    expect(build.command?.[0]).toBe(stage.config.kiwiCommand);
    expect((await eventsAfter(stage.db, id, 0)).map(({ seq, state }) => [seq, state])).toEqual([
      [1, "queued"],
      [2, "preparing"],
      [3, "running"],
      [4, "succeeded"],
    ]);

    const path = `/builds/${id}/0/results/image.raw`;
    const whole = await stage.get(path);
    expect(whole).toMatchObject({ status: 200, body: "0123456789" });
    expect(whole.headers.etag).toBe(`"${build.results[0]?.sha256}"`);
    expect(await stage.get(path, { range: "bytes=2-4" })).toMatchObject({
      status: 206,
      body: "234",
      headers: { "content-range": "bytes 2-4/10", "content-length": "3" },
    });
    expect(await stage.get(path, { range: "bytes=-3" })).toMatchObject({ status: 206, body: "789" });
    expect(await stage.get(path, { range: "bytes=10-" })).toMatchObject({ status: 416 });
    expect(await stage.get(path, { range: "bytes=2-4", "if-range": '"other"' })).toMatchObject({ status: 200 });
    expect(await stage.get(path, { "if-none-match": `"${build.results[0]?.sha256}"` })).toMatchObject({ status: 304 });
    expect(await stage.get(path, {}, "HEAD")).toMatchObject({
      status: 200,
      body: "",
      headers: { "content-length": "10" },
    });
    for (const name of ["spec.json", "..%2Fspec.json", "..%2F..%2F..%2F..%2Fetc%2Fpasswd", "kiwi.result.json", "%00"])
      expect((await stage.get(`/builds/${id}/0/results/${name}`)).status).toBe(404);
  });

  it("shows a written line while the build still runs, and ends the stream with the log", async () => {
    const { id } = await submitWaiting("live");
    const stream = (await stage.stream(`/builds/${id}/0/log?from=0&follow=1`)).setEncoding("utf8");
    expect(stream.headers["x-log-complete"]).toBeUndefined();
    let text = "";
    for await (const chunk of stream) {
      text += chunk;
      if (text.includes("before") && !text.includes("after")) await go("live");
    }
    const build = await stage.reaches(id, "succeeded");
    expect(text).toContain("before\nafter\n");
    expect(Buffer.byteLength(text)).toBe(build.logBytes);
    const rest = await stage.get(`/builds/${id}/0/log?from=7`);
    expect(rest.body).toBe(text.slice(7));
    expect(rest.headers["x-log-complete"]).toBe("1");
    expect((await stage.get(`/builds/${id}/0/log?from=${text.length + 1}`)).status).toBe(416);
  });

  it("settles a failure once and does not try again", async () => {
    const { id } = await stage.submit("echo oh no; exit 3");
    expect(await stage.reaches(id, "failed")).toMatchObject({ exitCode: 3, attempt: 0, results: [] });
    const [job] = await stage.db.boss.findJobs(`build.${hostArchitecture()}`, { id });
    expect(job).toMatchObject({ state: "completed", retryCount: 0 });
  });

  it("says why a damaged snapshot cannot be built", async () => {
    const first = await stage.submit("echo to be damaged; exit 1");
    const { snapshot } = await stage.reaches(first.id, "failed");
    const path = join(stage.config.paths.snapshots, "manifests", `${snapshot}.json`);
    await writeFile(path, `${await readFile(path, "utf8")} `);
    const { id } = await stage.submit("echo to be damaged; exit 1", { keepManifest: true });
    const build = await stage.reaches(id, "failed");
    expect(build.snapshot).toBe(snapshot);
    expect(build.reason).toMatch(/could not be started.*changed/);
    const log = await stage.get(`/builds/${id}/0/log?follow=1`);
    expect(log).toMatchObject({ status: 200, body: "", headers: { "x-log-complete": "1" } });
  });

  it("takes nothing from the database that is no profile and could be an option", async () => {
    await end(daemon, "SIGTERM");
    const { id } = await stage.submit(SUCCESS);
    await sql`update build set profiles = array['--set-type-attr'] where id = ${id}`.execute(stage.db.kysely);
    daemon = await stage.startDaemon();
    expect((await stage.reaches(id, "failed")).reason).toMatch(/could not be started.*profiles/s);
  });

  it("ends a running build on request, and one that waits without any builder", async () => {
    const running = await submitWaiting("cancelled");
    const queued = await stage.submit(waiting("never"));
    expect(await requestCancel(stage.db, queued.id)).toMatchObject({ state: "cancelled" });
    expect(await requestCancel(stage.db, running.id)).toMatchObject({ state: "cancelling" });
    expect(await stage.reaches(running.id, "cancelled")).toMatchObject({ results: [] });
    expect(await requestCancel(stage.db, running.id)).toMatchObject({ state: "cancelled" });
    // The runner writes down how the build ended as its last act, and needs a moment more to be gone itself.
    const runner = `/proc/${await runnerOf(running.id)}/exe`;
    await vi.waitFor(() => expect(readlink(runner)).rejects.toThrow(), 10_000);
  });

  it("lets a build go on when it is killed, and adopts it when it is back", async () => {
    const { id } = await submitWaiting("adopted");
    await end(daemon, "SIGKILL");
    daemon = await stage.startDaemon();
    await go("adopted");
    await stage.reaches(id, "succeeded");
    expect(await starts("adopted")).toBe(1);
    expect((await stage.get(`/builds/${id}/0/log`)).body).toContain("before\nafter\n");
  });

  it("records the end of a build that ended while no daemon was there", async () => {
    const { id } = await submitWaiting("alone");
    await end(daemon, "SIGTERM");
    await go("alone");
    await until(async () => readFile(join(stage.config.paths.builds, id, "0", "exit.json")));
    daemon = await stage.startDaemon();
    await stage.reaches(id, "succeeded");
    expect(await starts("alone")).toBe(1);
  });

  it("names a build interrupted whose runner died with the daemon, and does not run it again", async () => {
    const { id } = await submitWaiting("lost");
    await end(daemon, "SIGKILL");
    process.kill(await runnerOf(id), "SIGKILL");
    daemon = await stage.startDaemon();
    expect((await stage.reaches(id, "interrupted")).reason).toMatch(/killed/);
    expect(await starts("lost")).toBe(1);
  });

  it("survives the death of the database in the middle of a build", async () => {
    const { id } = await submitWaiting("outage");
    const pidFile = join(stage.config.paths.database, "cluster", "18", "postmaster.pid");
    process.kill(Number((await readFile(pidFile, "utf8")).split("\n")[0]), "SIGKILL");
    await go("outage");
    await ensureDatabase(stage.config);
    await stage.reaches(id, "succeeded");
    expect((await eventsAfter(stage.db, id, 0)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(await starts("outage")).toBe(1);
  });

  it("notices that a running build's folder was deleted by hand, and ends the build", async () => {
    const { id } = await submitWaiting("deleted");
    const runner = await runnerOf(id);
    await rm(join(stage.config.paths.builds, id), { recursive: true, maxRetries: 5 });
    expect((await stage.reaches(id, "interrupted")).reason).toMatch(/folder.*deleted/);
    await until(async () => !existsSync(`/proc/${runner}`));
  });

  it("is not kept from its work by files that a crash of the host has left empty", async () => {
    const { id } = await submitWaiting("damaged");
    const folders = [id, randomUUID(), randomUUID()].map((name) => join(stage.config.paths.builds, name, "0"));
    await end(daemon, "SIGKILL");
    process.kill(await runnerOf(id), "SIGKILL");
    for (const folder of folders) {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, "runner.json"), "");
    }
    await writeFile(join(folders[1] ?? "", "exit.json"), "");
    daemon = await stage.startDaemon();
    expect((await stage.reaches(id, "interrupted")).reason).toMatch(/restarted/);
    expect(await starts("damaged")).toBe(1);
  });

  it("lets no second daemon in", async () => {
    const second = await stage.startDaemon();
    await until(async () => second.exitCode === 1);
    expect(daemon.exitCode).toBeNull();
  });
});
