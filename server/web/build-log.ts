import type { Build } from "#lib/contracts/build.ts";
import { KiwiLog } from "#lib/kiwi/log/index.ts";
import type { Services } from "./services.ts";

/** How much of a log's end is read by questions about the whole of it, in bytes. */
const TAIL = 16 * 1024 * 1024;

/** The stored log of a build's last attempt, or the end of a very long one. */
export interface BuildLog {
  log: KiwiLog;
  /** Lines of the stored log before those that are here. */
  linesBefore: number;
}

/** Reads the log of a build that has ended; empty where there is none. Throws BuilderUnreachable. */
export async function readBuildLog({ builder }: Pick<Services, "builder">, build: Build): Promise<BuildLog> {
  const log = new KiwiLog();
  const skipped = Math.max(0, (build.logBytes ?? 0) - TAIL);
  const stream = await builder.log(build.id, build.attempt, { from: 0, follow: false, signal: undefined });
  const decoder = new TextDecoder();
  let [offset, linesBefore] = [0, 0];
  // The lines before the tail are only counted, so that the others keep their numbers.
  for await (const bytes of stream?.bytes ?? []) {
    const before = bytes.subarray(0, Math.max(0, Math.min(bytes.length, skipped - offset)));
    for (const byte of before) if (byte === 10) linesBefore++;
    log.append(decoder.decode(bytes.subarray(before.length), { stream: true }));
    offset += bytes.length;
  }
  log.append(decoder.decode());
  log.finish();
  return { log, linesBefore };
}
