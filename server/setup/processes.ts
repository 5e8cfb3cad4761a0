import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { processIdentitySchema } from "#lib/contracts/attempt.ts";
import { writeFileAtomic } from "#server/platform/atomic-file.ts";
import type { Config } from "#server/platform/config.ts";
import { identityOf, isAlive, signalProcess } from "#server/platform/process-identity.ts";

/** `<data>/run/processes.json`: the processes of the present start, by name. */
const processesSchema = z.record(z.string(), processIdentitySchema);
type Processes = z.infer<typeof processesSchema>;

const GRACE_SECONDS = 5;

/** Records which processes belong to this start, so that a next one can end what a killed launcher left behind. */
export class ProcessList {
  readonly #path: string;
  readonly #processes: Processes = {};
  #written: Promise<void> = Promise.resolve();

  readonly #say: (text: string) => void;

  constructor(config: Config, say: (text: string) => void) {
    this.#say = say;
    this.#path = join(config.paths.run, "processes.json");
  }

  /** Notes a process under a name, in place of the one that had it before. */
  add(name: string, pid: number): void {
    const identity = identityOf(pid);
    if (identity === null) return;
    this.#processes[name] = identity;
    this.#written = this.#written
      .then(() => writeFileAtomic(this.#path, `${JSON.stringify(this.#processes, null, 2)}\n`))
      // A full disk must not end the launcher, and with it everything.
      .catch((error: unknown) => this.#say(`The list of processes could not be written: ${String(error)}`));
  }

  /** Ends the processes of an earlier start that outlived their launcher. Returns their names. */
  async endLeftovers(): Promise<string[]> {
    const earlier = Object.entries(await this.#read()).filter(([, identity]) => isAlive(identity));
    for (const [, identity] of earlier) signalProcess(identity, "SIGTERM");
    const deadline = Date.now() + GRACE_SECONDS * 1000;
    while (earlier.some(([, identity]) => isAlive(identity)) && Date.now() < deadline) await sleep(50);
    for (const [, identity] of earlier) signalProcess(identity, "SIGKILL");
    return earlier.map(([name]) => name);
  }

  async #read(): Promise<Processes> {
    try {
      return processesSchema.parse(JSON.parse(await readFile(this.#path, "utf8")));
    } catch {
      // No earlier start, or a file of another version: then there is nobody whom we could name.
      return {};
    }
  }
}
