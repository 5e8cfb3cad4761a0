import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ensureDatabase, eventsAfter, getBuild } from "#server/db/index.ts";
import { createStage, end, type Stage, SUCCESS, until } from "./daemon-fixture.ts";

/** How often something is killed. */
const KILLS = 4;

let stage: Stage;
beforeAll(async () => {
  stage = await createStage();
});
afterAll(() => stage.close());

const postmaster = async () => {
  const pidFile = join(stage.config.paths.database, "cluster", "18", "postmaster.pid");
  return Number((await readFile(pidFile, "utf8")).split("\n")[0]);
};

it("loses no build and runs none twice, whatever is killed", async () => {
  let daemon = await stage.startDaemon();
  const ids: string[] = [];
  for (let round = 0; round < KILLS; round++) {
    for (let number = 0; number < 2; number++) {
      const name = `${round}-${number}`;
      const build = await until(() =>
        stage.submit(`echo ${name} >> ${stage.dir}/starts
sleep 0.${(round * 7 + number * 3) % 10}
${SUCCESS}`),
      );
      ids.push(build.id);
    }
    await sleep((round * 130) % 700);
    if (round % 3 !== 0) process.kill(await postmaster(), "SIGKILL");
    if (round % 3 !== 1) {
      await end(daemon, "SIGKILL");
      daemon = await stage.startDaemon();
    }
    await ensureDatabase(stage.config);
  }
  for (const id of ids) {
    await stage.reaches(id, "succeeded");
    const events = await eventsAfter(stage.db, id, 0);
    expect(events.map(({ state }) => state)).toEqual(["queued", "preparing", "running", "succeeded"]);
    expect((await getBuild(stage.db, id))?.results).toHaveLength(1);
  }
  const starts = (await readFile(join(stage.dir, "starts"), "utf8")).trim().split("\n");
  expect(starts).toHaveLength(ids.length);
  expect(new Set(starts).size).toBe(ids.length);
});
