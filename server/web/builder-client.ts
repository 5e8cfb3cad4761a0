import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import { Agent, type Dispatcher, type RequestInit, type Response, fetch as undiciFetch } from "undici";
import type { BuilderStatus, DoctorReport, SchemaText } from "#lib/contracts/builder.ts";
import type { BuildNeeds, PreflightReport, RepositoryNeeds } from "#lib/contracts/preflight.ts";
import type { Sources } from "#lib/contracts/sources.ts";
import type { BuilderRouter } from "#server/builder/router.ts";

/** The builder daemon does not answer. It may be starting again; its builds go on meanwhile. */
export class BuilderUnreachable extends Error {
  override name = "BuilderUnreachable";
}

/** The builder's door: a Unix socket. Every method throws BuilderUnreachable while nobody answers there. */
export interface BuilderClient {
  status(): Promise<BuilderStatus>;
  doctor(): Promise<DoctorReport>;
  preflight(needs: BuildNeeds): Promise<PreflightReport>;
  /** What these repositories hold now. */
  sources(repositories: RepositoryNeeds[]): Promise<Sources>;
  /** The schema of the installed KIWI; null where there is none. */
  schema(): Promise<SchemaText | null>;
  /**
   * The stored bytes of an attempt's log from an offset; null where there is no such log yet. With `follow` the stream
   * stays open until the log is complete, or until the builder goes away.
   */
  log(build: string, attempt: number, options: LogOptions): Promise<LogStream | null>;
  /** A result file of a build, with the request's range. */
  result(build: string, attempt: number, name: string, init: RequestInit): Promise<Response>;
  /** What the root tree of an attempt held, as compressed JSON; null where nothing is known of it. */
  inventory(build: string, attempt: number): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

export interface LogOptions {
  from: number;
  follow: boolean;
  signal: AbortSignal | undefined;
}

export interface LogStream {
  /** The log was complete when this answer was begun. */
  complete: boolean;
  bytes: AsyncIterableIterator<Uint8Array>;
}

export function createBuilderClient(socketPath: string): BuilderClient {
  // A follower may be silent for hours, so bodies have no time limit; the answer's beginning has.
  const agent = new Agent({ connect: { socketPath }, headersTimeout: 15_000, bodyTimeout: 0 });
  const get = (path: string, init: RequestInit = {}) => request(agent, path, init);
  const trpc = createTRPCClient<BuilderRouter>({
    links: [
      httpLink({
        url: "http://builder/trpc",
        // The two fetch types differ in name only.
        fetch: (url, init) => undiciFetch(String(url), { ...(init as RequestInit), dispatcher: agent }) as never,
      }),
    ],
  });
  return {
    status: () => trpc.status.query().catch(unreachable),
    doctor: () => trpc.doctor.query().catch(unreachable),
    preflight: (needs) => trpc.preflight.query(needs).catch(unreachable),
    sources: (repositories) => trpc.sources.query(repositories).catch(unreachable),
    schema: () => trpc.schema.query().catch(unreachable),
    async log(build, attempt, { from, follow, signal }) {
      const path = `/builds/${build}/${attempt}/log?from=${from}&follow=${follow ? 1 : 0}`;
      const response = await get(path, { signal: signal ?? null });
      // 416: the log is shorter than what was read of it once, which only a crash of the host can do.
      if (response.status === 404 || response.status === 416) {
        await response.body?.cancel();
        return null;
      }
      if (!response.ok || !response.body) throw new Error(`The builder answered ${response.status} for a log.`);
      return { complete: response.headers.get("x-log-complete") === "1", bytes: chunks(response.body) };
    },
    result: (build, attempt, name, init) =>
      get(`/builds/${build}/${attempt}/results/${encodeURIComponent(name)}`, init),
    async inventory(build, attempt) {
      const response = await get(`/builds/${build}/${attempt}/inventory`);
      if (response.ok) return await response.bytes();
      await response.body?.cancel();
      return null;
    },
    close: () => agent.destroy(),
  };
}

async function request(dispatcher: Dispatcher, path: string, init: RequestInit): Promise<Response> {
  try {
    return await undiciFetch(`http://builder${path}`, { ...init, dispatcher });
  } catch (error) {
    return unreachable(error);
  }
}

/** A body that breaks off means that the builder went away. */
async function* chunks(body: NonNullable<Response["body"]>): AsyncGenerator<Uint8Array> {
  try {
    yield* body as AsyncIterable<Uint8Array>;
  } catch (error) {
    unreachable(error);
  }
}

function unreachable(error: unknown): never {
  if (error instanceof Error && error.name === "AbortError") throw error;
  if (error instanceof TRPCClientError && error.data) throw error;
  throw new BuilderUnreachable("The builder does not answer.", { cause: error });
}
