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
  const attempt = { build: build.id, attempt: build.attempt };
  const offset = Math.max(0, (build.logBytes ?? 0) - TAIL);
  const start = await builder.logs.lineAfter({ ...attempt, offset });
  if (start !== null) {
    const options = { from: start.offset, follow: false, signal: undefined };
    const stream = await builder.log(build.id, build.attempt, options);
    const decoder = new TextDecoder();
    for await (const bytes of stream?.bytes ?? []) log.append(decoder.decode(bytes, { stream: true }));
    log.append(decoder.decode());
  }
  log.finish();
  return { log, linesBefore: (start?.line ?? 1) - 1 };
}
