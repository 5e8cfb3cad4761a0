import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { AlreadyRunning, lockDataFolder } from "./launcher-lock.ts";

const folder = () => `/nowhere/${randomUUID()}`;

test("the second launcher of a data folder is told where the first one runs", async () => {
  const data = folder();
  const first = await lockDataFolder(data, "http://127.0.0.1:1234");
  await expect(lockDataFolder(data, "http://127.0.0.1:5678")).rejects.toEqual(
    new AlreadyRunning("http://127.0.0.1:1234"),
  );
  first.release();
});

test("data folders do not disturb each other", async () => {
  const locks = [await lockDataFolder(folder(), "a"), await lockDataFolder(folder(), "b")];
  for (const lock of locks) lock.release();
});

test("a launcher that was killed leaves no lock behind", async () => {
  const data = folder();
  const module = join(import.meta.dirname, "launcher-lock.ts");
  const script = `import { lockDataFolder } from ${JSON.stringify(module)};
    await lockDataFolder(${JSON.stringify(data)}, "killed"); console.log("locked"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script]);
  await once(child.stdout, "data");
  await expect(lockDataFolder(data, "x")).rejects.toThrow("killed");
  child.kill("SIGKILL");
  await once(child, "exit");
  (await lockDataFolder(data, "x")).release();
});
