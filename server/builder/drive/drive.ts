import { copyFile, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type DriveState, type DriveWish, driveStateSchema } from "#lib/contracts/drive.ts";
import { writeFileAtomic } from "#server/platform/atomic-file.ts";
import { watchChanges } from "../wait.ts";
import { findBootable } from "./bootable.ts";
import { ConsoleFacts } from "./console-facts.ts";
import { type Machine, NoMachine, startMachine } from "./machine.ts";

/** Minutes after which a machine is ended. */
const LIMIT = 30;
/** Milliseconds until the console's file is looked at without the kernel's notice. */
const LOOK_AGAIN = 500;
/** Machines at a time. */
const MOST = 2;

/** The places of an attempt's test drive; what stays is the console's output and what was found out. */
export const drivePaths = (dir: string) => ({
  folder: join(dir, "drive"),
  console: join(dir, "drive", "console.log"),
  /** What the screen showed when somebody could log in. */
  login: join(dir, "drive", "login.png"),
  state: join(dir, "drive.json"),
});

interface Drive {
  machine: Machine;
  state: DriveState;
}

/** The machines that run now, by the folder of their attempt. They end with the builder. */
export class Drives {
  readonly #running = new Map<string, Drive>();

  /** Starts a machine from an attempt's image; one that runs already is taken. Throws NoMachine. */
  async start(dir: string, wish: DriveWish): Promise<DriveState> {
    const known = this.#running.get(dir);
    if (known) return known.state;
    if (this.#running.size >= MOST) throw new NoMachine(`${MOST} machines run already. Stop one of them first.`);
    const image = await findBootable(dir);
    if (image === null) throw new NoMachine("This build has made no image that a machine could be started from.");
    try {
      const machine = await startMachine(drivePaths(dir).folder, image, wish);
      const now = Date.now();
      const state: DriveState = {
        image: image.name,
        running: true,
        startedAt: new Date(now).toISOString(),
        endsAt: new Date(now + LIMIT * 60_000).toISOString(),
        reason: null,
        accelerated: machine.accelerated,
        loginSeconds: null,
        failedUnits: [],
      };
      const drive = { machine, state };
      this.#running.set(dir, drive);
      void this.#watch(dir, drive);
      return state;
    } finally {
      await image.file.close();
    }
  }

  /** What is known of an attempt's test drive; null where there never was one. */
  async state(dir: string): Promise<DriveState | null> {
    const running = this.#running.get(dir);
    if (running) return running.state;
    const text = await readFile(drivePaths(dir).state, "utf8").catch(() => null);
    return text === null ? null : driveStateSchema.parse(JSON.parse(text));
  }

  type(dir: string, text: string): void {
    this.#running.get(dir)?.machine.type(text);
  }

  /** A picture of the screen, as PNG; of a machine that has ended that of its login, null where there was none. */
  async screen(dir: string): Promise<Buffer | null> {
    const running = this.#running.get(dir);
    if (running) return await readFile(await running.machine.screen());
    return await readFile(drivePaths(dir).login).catch(() => null);
  }

  stop(dir: string): void {
    this.#running.get(dir)?.machine.stop();
  }

  close(): void {
    for (const { machine } of this.#running.values()) machine.stop();
  }

  /** Reads along on the console until the machine ends, and writes down what was found out. */
  async #watch(dir: string, drive: Drive): Promise<void> {
    const { machine, state } = drive;
    const over = new AbortController();
    const timer = setTimeout(() => machine.stop(), LIMIT * 60_000);
    const facts = new ConsoleFacts();
    const reading = followFile(machine.consoleFile, over.signal, (text) => {
      facts.read(text);
      state.failedUnits = [...facts.failedUnits];
      if (!facts.login || state.loginSeconds !== null) return;
      state.loginSeconds = (Date.now() - Date.parse(state.startedAt)) / 1000;
      keepPicture(machine, drivePaths(dir).login).catch(() => undefined);
    });
    const reason = await machine.ended;
    clearTimeout(timer);
    over.abort();
    await reading;
    const timeOver = Date.now() >= Date.parse(state.endsAt);
    Object.assign(state, {
      running: false,
      endsAt: new Date().toISOString(),
      reason: timeOver ? `It was ended after ${LIMIT} minutes.` : reason,
    });
    await writeFileAtomic(drivePaths(dir).state, `${JSON.stringify(state, null, 2)}\n`).catch(() => undefined);
    this.#running.delete(dir);
  }
}

async function keepPicture(machine: Machine, path: string): Promise<void> {
  await copyFile(await machine.screen(), path);
}

/** Tells what a file gets, from its beginning, until the signal. */
async function followFile(path: string, signal: AbortSignal, tell: (text: string) => void): Promise<void> {
  const file = await open(path);
  const changes = watchChanges(path, signal);
  const decoder = new TextDecoder();
  try {
    for (let position = 0; ; ) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(65_536), 0, 65_536, position);
      position += bytesRead;
      if (bytesRead > 0) tell(decoder.decode(buffer.subarray(0, bytesRead), { stream: true }));
      else if (signal.aborted) return;
      else await changes.changed(LOOK_AGAIN);
    }
  } finally {
    changes.close();
    await file.close();
  }
}
