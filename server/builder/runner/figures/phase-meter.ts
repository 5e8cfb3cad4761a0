import { open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { PhaseFigures } from "#lib/contracts/phase-figures.ts";
import { PhaseScan } from "#lib/kiwi/log/phase-scan.ts";
import { attemptPaths, writePhases } from "../attempt-folder.ts";
import type { ControlGroups } from "../control-group.ts";
import { type Counters, openMemoryPeak, readCounters } from "./counters.ts";
import { openNetworkCounter } from "./network-counter.ts";

/** Milliseconds between two looks at the log, and how many of them there are for one at the counters. */
const [LOOK, LOOKS] = [100, 5];

type Sample = Counters & { networkReceivedBytes?: number };
const COUNTED = ["cpuSeconds", "diskWrittenBytes", "networkReceivedBytes"] as const;

/**
 * Measures an attempt phase by phase, until `over` fires: when its log tells that a phase begins, the counters of its
 * groups are read. `phases.json` has what is known at each moment, for whoever comes after a killed runner.
 */
export async function measurePhases(dir: string, groups: ControlGroups, over: AbortSignal): Promise<void> {
  const log = await open(attemptPaths(dir).log, "r");
  const memory = await openMemoryPeak(groups);
  const network = openNetworkCounter(groups);
  const scan = new PhaseScan();
  const decoder = new TextDecoder();
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
  const begin = async (begun: readonly { id: string; label: string }[]) => {
    await endCurrent();
    const at = new Date().toISOString();
    phases.push(...begun.map((phase) => ({ ...phase, startedAt: at, endedAt: at })));
    const current = phases.at(-1);
    if (current !== undefined) current.endedAt = null;
    await writePhases(dir, phases);
  };
  const endCurrent = async () => {
    const now = await sample();
    const peak = await memory.take();
    const current = phases.at(-1);
    if (current !== undefined)
      phases[phases.length - 1] = {
        ...current,
        endedAt: new Date().toISOString(),
        ...difference(before, now),
        ...(peak === null ? {} : { peakMemoryBytes: peak }),
      };
    before = now;
  };

  try {
    before = await sample();
    for (let looks = 1; ; looks++) {
      const done = over.aborted;
      for (;;) {
        const { buffer, bytesRead } = await log.read({ buffer: Buffer.alloc(65536) });
        const begun = scan.append(decoder.decode(buffer.subarray(0, bytesRead), { stream: true }));
        if (begun.length > 0) await begin(begun);
        if (bytesRead === 0) break;
      }
      if (done) break;
      await sleep(LOOK, undefined, { signal: over }).catch(() => {});
      if (looks % LOOKS === 0) await sample();
    }
    await endCurrent();
    await writePhases(dir, phases);
  } finally {
    network.close();
    await Promise.all([log.close(), memory.close()]);
  }
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
