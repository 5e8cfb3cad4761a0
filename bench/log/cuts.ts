import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent, fetch } from "undici";
import type { LogStage } from "./stage.ts";
import { pacedLog } from "./writers.ts";

/** Cuts between two deaths of the web process. */
const untilDeath = 50;
/** Milliseconds until a cut, at most. */
const longest = 120;

/**
 * Follows a build whose stream is cut at random moments, while the web process is killed now and then: by the position of
 * the last event it goes on, and by line numbers it fetches the bytes. The number of bytes that are not as they are stored.
 */
export async function measureCuts(stage: LogStage, cuts: number): Promise<number> {
  const seconds = Math.max(5, Math.ceil((cuts * longest) / 1000));
  const build = await stage.submit(pacedLog(2000, seconds));
  await stage.reaches(build, "running");
  const headers = { cookie: (await stage.context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ") };
  const pieces: Buffer[] = [];
  let [position, lines, done] = ["", 0, false];

  for (let cut = 0; !done; cut++) {
    if (cut < cuts && cut % untilDeath === untilDeath - 1) process.kill(stage.product.pid("web"), "SIGKILL");
    // One connection for what stays, one for the parts.
    const dispatcher = new Agent({ connections: 2 });
    const signal = cut < cuts ? AbortSignal.timeout(1 + Math.floor(Math.random() * longest)) : undefined;
    try {
      const input = encodeURIComponent(JSON.stringify({ id: build, ...(position ? { lastEventId: position } : {}) }));
      const url = `${stage.product.origin}/api/trpc/builds.watch?input=${input}`;
      const answer = await fetch(url, { headers, dispatcher, ...(signal ? { signal } : {}) });
      let text = "";
      for await (const chunk of answer.body ?? []) {
        text += Buffer.from(chunk as Uint8Array).toString("utf8");
        const events = text.split("\n\n");
        text = events.pop() ?? "";
        for (const event of events) {
          const data: unknown = JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? "null");
          const id = /^id: (.*)$/m.exec(event)?.[1];
          const news = wholeLines(data);
          if (news !== null && news > lines) {
            const part = `${stage.product.origin}/api/builds/${build}/log?lines=${lines + 1}-${news}`;
            const bytes = await fetch(part, { headers, dispatcher, ...(signal ? { signal } : {}) });
            if (!bytes.ok) throw new Error(`the answer for a part was ${bytes.status}`);
            pieces.push(Buffer.from(await bytes.arrayBuffer()));
            lines = news;
          }
          if (id) position = id;
          if (isEnd(data)) done = true;
        }
        if (done) break;
      }
    } catch {
      await sleep(5);
    } finally {
      await dispatcher.destroy();
    }
  }
  const stored = await readFile(stage.logFile(build));
  const read = Buffer.concat(pieces);
  let wrong = Math.abs(stored.length - read.length);
  for (let at = 0; at < Math.min(stored.length, read.length); at++) if (stored[at] !== read[at]) wrong++;
  return wrong;
}

/** Lines that are whole; null for what is no news of the log. */
function wholeLines(data: unknown): number | null {
  const event = data as {
    kind?: string;
    summary?: { lines: number; complete: unknown };
    rows?: { number: number }[];
  } | null;
  if (event?.kind !== "log" || !event.summary) return null;
  // The last one may still be growing.
  return event.summary.complete ? event.summary.lines : event.summary.lines - 1;
}

const isEnd = (data: unknown) => (data as { kind?: string } | null)?.kind === "end";
