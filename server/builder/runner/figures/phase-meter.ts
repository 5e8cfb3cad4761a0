import { type FileHandle, open, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { PhaseFigures } from "#lib/contracts/phase-figures.ts";
import { PhaseScan } from "#lib/kiwi/log/phase-scan.ts";
import { attemptPaths, readPhases, writePhases } from "../attempt-folder.ts";
import type { ControlGroups } from "../control-group.ts";
import { type Counters, type MemoryPeak, openMemoryPeak, readCounters } from "./counters.ts";
import { type NetworkCounter, openNetworkCounter } from "./network-counter.ts";

/** Milliseconds between two looks at the log, and how many of them there are for one at the counters. */
const [LOOK, LOOKS] = [100, 5];

type Sample = Counters & { networkReceivedBytes?: number };
const COUNTED = ["cpuSeconds", "diskWrittenBytes", "networkReceivedBytes"] as const;

export type PhaseMeter = { stop(): Promise<void> };

/**
 * Measures a step of an attempt phase by phase: when its log tells that a phase begins, the counters of its groups are
 * read. `phases.json` has what is known at each moment, for whoever comes after a killed runner. A build is worth more
 * than its figures: it does not wait for them, and what goes wrong is told to the runner's log only.
 */
export async function startPhaseMeter(dir: string, groups: ControlGroups): Promise<PhaseMeter> {
  const over = new AbortController();
  const { log } = attemptPaths(dir);
  const { size } = await stat(log);
  const done = follow(dir, groups, size, over.signal).catch((error: unknown) => console.error(error));
  return {
    async stop() {
      over.abort();
      await done;
    },
  };
}

async function follow(dir: string, groups: ControlGroups, from: number, over: AbortSignal): Promise<void> {
  const log = await open(attemptPaths(dir).log, "r");
  const record = await startRecord(dir, groups);
  try {
    await followLog(log, from, record, over);
  } finally {
    await Promise.all([log.close(), record.close()]);
  }
}

type PhaseRecord = Awaited<ReturnType<typeof startRecord>>;

async function followLog(log: FileHandle, from: number, record: PhaseRecord, over: AbortSignal): Promise<void> {
  const scan = new PhaseScan();
  const decoder = new TextDecoder();
  for (let looks = 1, position = from; ; looks++) {
    // Looked at before the log is read, so that the last look sees all of it.
    const last = over.aborted;
    for (;;) {
      const { buffer, bytesRead } = await log.read({ buffer: Buffer.alloc(65536), position });
      position += bytesRead;
      const begun = scan.append(decoder.decode(buffer.subarray(0, bytesRead), { stream: true }));
      if (begun.length > 0) await record.begin(begun);
      if (bytesRead === 0) break;
    }
    if (last) return record.end();
    await sleep(LOOK, undefined, { signal: over }).catch(() => {});
    if (looks % LOOKS === 0) await record.sample();
  }
}

/** The figures of a step's phases, as they come. */
async function startRecord(dir: string, groups: ControlGroups) {
  const earlier = await readPhases(dir);
  const memory: MemoryPeak = await openMemoryPeak(groups);
  const network: NetworkCounter = openNetworkCounter(groups);
  const phases: PhaseFigures[] = [];
  let before: Sample = {};
  let last: Sample = {};

  /** Counters only grow; one that seems to have shrunk misses a process that ended just now. */
  const sample = async () => {
    const received = await network.received();
    const counters = await readCounters(groups);
    const now: Sample = { ...last, ...counters, ...(received === null ? {} : { networkReceivedBytes: received }) };
    for (const name of COUNTED) if (now[name] !== undefined) now[name] = Math.max(now[name], last[name] ?? 0);
    last = now;
    return now;
  };
  const endCurrent = async () => {
    const now = await sample();
    const peak = await memory.take();
    const current = phases.pop();
    const figures = { ...difference(before, now), ...(peak === null ? {} : { peakMemoryBytes: peak }) };
    if (current !== undefined) phases.push({ ...current, endedAt: new Date().toISOString(), ...figures });
    before = now;
  };

  before = await sample();
  return {
    sample,
    /** Of phases that are found at the same moment the last one gets what is counted from now on. */
    async begin(begun: readonly { id: string; label: string }[]) {
      await endCurrent();
      const at = new Date().toISOString();
      phases.push(...begun.map((phase) => ({ ...phase, startedAt: at, endedAt: at })));
      const current = phases.at(-1);
      if (current !== undefined) current.endedAt = null;
      await writePhases(dir, [...earlier, ...phases]);
    },
    async end() {
      await endCurrent();
      await writePhases(dir, [...earlier, ...phases]);
    },
    async close() {
      network.close();
      await memory.close();
    },
  };
}

/** What was taken between two samples. */
function difference(before: Sample, now: Sample): Sample {
  const grown: Sample = {};
  for (const name of COUNTED) {
    const value = now[name];
    if (value !== undefined) grown[name] = value - (before[name] ?? 0);
  }
  return grown;
}
