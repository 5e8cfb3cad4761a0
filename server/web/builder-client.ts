import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import { Agent, type Dispatcher, type RequestInit, type Response, fetch as undiciFetch } from "undici";
import type { BuilderStatus, DoctorReport, SchemaText } from "#lib/contracts/builder.ts";
import type { DriveState, DriveWish } from "#lib/contracts/drive.ts";
import type {
  LogFindings,
  LogMap,
  LogNews,
  LogPlace,
  LogSearchRequest,
  LogView,
  LogWindow,
  LogWindowRequest,
} from "#lib/contracts/log.ts";
import type {
  OfferedPackage,
  PackageEstimate,
  PackageKnowledge,
  PackageRepository,
  PackageWish,
} from "#lib/contracts/packages.ts";
import type { BuildNeeds, PreflightReport, RepositoryNeeds } from "#lib/contracts/preflight.ts";
import type { Sources } from "#lib/contracts/sources.ts";
import type { BuilderRouter } from "#server/builder/router.ts";

/** The builder daemon does not answer. It may be starting again; its builds go on meanwhile. */
export class BuilderUnreachable extends Error {
  override name = "BuilderUnreachable";
}

/** The builder starts no machine; the message says why, for people. */
export class NoMachine extends Error {
  override name = "NoMachine";
}

/** The builder's door: a Unix socket. Every method throws BuilderUnreachable while nobody answers there. */
export interface BuilderClient {
  status(): Promise<BuilderStatus>;
  doctor(): Promise<DoctorReport>;
  preflight(needs: BuildNeeds): Promise<PreflightReport>;
  /** What these repositories hold now. */
  sources(repositories: RepositoryNeeds[]): Promise<Sources>;
  /** What repositories know of packages; the first time their lists are fetched for it. */
  packages: PackageQuestions;
  /** The schema of the installed KIWI; null where there is none. */
  schema(): Promise<SchemaText | null>;
  logs: LogQuestions;
  /**
   * News of an attempt's log from a byte on, until it is complete or the builder goes away; null where the builder does
   * not know the attempt.
   */
  news(build: string, attempt: number, options: LogOptions): Promise<AsyncIterableIterator<LogNews> | null>;
  /**
   * The stored bytes of an attempt's log from an offset; null where there is no such log yet. With `follow` the stream
   * stays open until the log is complete, or until the builder goes away.
   */
  log(build: string, attempt: number, options: LogOptions): Promise<LogStream | null>;
  /** A result file of a build, with the request's range. */
  result(build: string, attempt: number, name: string, init: RequestInit): Promise<Response>;
  drives: DriveControl;
  /** One file out of an attempt's image, which has so many bytes there. */
  imageFile(build: string, attempt: number, file: { path: string; size: number }, init: RequestInit): Promise<Response>;
  /** What the root tree of an attempt held, as compressed JSON; null where nothing is known of it. */
  inventory(build: string, attempt: number): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

interface Attempt {
  build: string;
  attempt: number;
}

/** The machine that is started from an attempt's image. */
export interface DriveControl {
  /** Throws NoMachine as well. */
  start(of: Attempt & DriveWish): Promise<DriveState>;
  /** Null where there never was one. */
  state(of: Attempt): Promise<DriveState | null>;
  type(of: Attempt & { text: string }): Promise<void>;
  stop(of: Attempt): Promise<void>;
  /** What its console has said from a byte on, as far as it is known. */
  console(of: Attempt & { from: number }): Promise<Response>;
  /** What its screen shows, as PNG. */
  screen(of: Attempt): Promise<Response>;
}

/** Questions about an attempt's log; null where there is no such log yet. */
export interface LogQuestions {
  window(of: Attempt & LogWindowRequest): Promise<LogWindow | null>;
  place(of: Attempt & { view: LogView; line: number }): Promise<LogPlace | null>;
  search(of: Attempt & LogSearchRequest): Promise<LogFindings | null>;
  map(of: Attempt & { parts: number }): Promise<LogMap | null>;
  /** The bytes of the lines [first, last]. */
  bytes(of: Attempt & { first: number; last: number }): Promise<{ from: number; to: number } | null>;
  /** The first line that begins at a byte or behind it. */
  lineAfter(of: Attempt & { offset: number }): Promise<{ line: number; offset: number } | null>;
}

export interface PackageQuestions {
  lookUp(asked: { repositories: PackageRepository[]; names: string[] }): Promise<PackageKnowledge>;
  search(asked: { repositories: PackageRepository[]; text: string; limit: number }): Promise<OfferedPackage[]>;
  estimate(wish: PackageWish): Promise<PackageEstimate>;
}

export interface LogOptions {
  from: number;
  /** Where to stop; absent = at the end. */
  to?: number;
  follow: boolean;
  signal: AbortSignal | undefined;
}

export interface LogStream {
  /** The log was complete when this answer was begun. */
  complete: boolean;
  bytes: AsyncIterableIterator<Uint8Array>;
}

function clientOf(dispatcher: Dispatcher) {
  return createTRPCClient<BuilderRouter>({
    links: [
      httpLink({
        url: "http://builder/trpc",
        // The two fetch types differ in name only.
        fetch: (url, init) => undiciFetch(String(url), { ...(init as RequestInit), dispatcher }) as never,
      }),
    ],
  });
}

export function createBuilderClient(socketPath: string): BuilderClient {
  // A follower may be silent for hours, so bodies have no time limit; the answer's beginning has.
  const agent = new Agent({ connect: { socketPath }, headersTimeout: 15_000, bodyTimeout: 0 });
  const get = (path: string, init: RequestInit = {}) => request(agent, path, init);
  // Lists of packages are long, and come from far away.
  const patient = new Agent({ connect: { socketPath }, headersTimeout: 300_000 });
  const [trpc, patiently] = [clientOf(agent), clientOf(patient)];
  return {
    status: () => trpc.status.query().catch(unreachable),
    packages: {
      lookUp: (asked) => patiently.packages.lookUp.mutate(asked).catch(unreachable),
      estimate: (wish) => patiently.packages.estimate.mutate(wish).catch(unreachable),
      search: (asked) => patiently.packages.search.mutate(asked).catch(unreachable),
    },
    doctor: () => trpc.doctor.query().catch(unreachable),
    preflight: (needs) => trpc.preflight.query(needs).catch(unreachable),
    sources: (repositories) => trpc.sources.query(repositories).catch(unreachable),
    schema: () => trpc.schema.query().catch(unreachable),
    logs: {
      window: (of) => trpc.log.window.query(of).catch(absent),
      place: (of) => trpc.log.place.query(of).catch(absent),
      search: (of) => trpc.log.search.query(of).catch(absent),
      map: (of) => trpc.log.map.query(of).catch(absent),
      bytes: (of) => trpc.log.bytes.query(of).catch(absent),
      lineAfter: (of) => trpc.log.lineAfter.query(of).catch(absent),
    },
    async news(build, attempt, { from, follow, signal }) {
      const path = `/builds/${build}/${attempt}/news?from=${from}&follow=${follow ? 1 : 0}`;
      const response = await get(path, { signal: signal ?? null });
      if (response.ok && response.body) return objects(chunks(response.body));
      await response.body?.cancel();
      if (response.status === 404) return null;
      throw new Error(`The builder answered ${response.status} for news of a log.`);
    },
    async log(build, attempt, { from, to, follow, signal }) {
      const end = to === undefined ? "" : `&to=${to}`;
      const path = `/builds/${build}/${attempt}/log?from=${from}${end}&follow=${follow ? 1 : 0}`;
      const response = await get(path, { signal: signal ?? null });
      // 416: the log is shorter than what was read of it once, which only a crash of the host can do.
      if (response.status === 404 || response.status === 416) {
        await response.body?.cancel();
        return null;
      }
      if (!response.ok || !response.body) throw new Error(`The builder answered ${response.status} for a log.`);
      return { complete: response.headers.get("x-log-complete") === "1", bytes: chunks(response.body) };
    },
    drives: {
      start: (of) => trpc.drive.start.mutate(of).catch(refusal),
      state: (of) => trpc.drive.state.query(of).catch(unreachable),
      type: (of) => trpc.drive.type.mutate(of).catch(unreachable),
      stop: (of) => trpc.drive.stop.mutate(of).catch(unreachable),
      console: ({ build, attempt, from }) => get(`/builds/${build}/${attempt}/console?from=${from}`),
      screen: ({ build, attempt }) => get(`/builds/${build}/${attempt}/screen`),
    },
    result: (build, attempt, name, init) =>
      get(`/builds/${build}/${attempt}/results/${encodeURIComponent(name)}`, init),
    imageFile: (build, attempt, { path, size }, init) =>
      get(`/builds/${build}/${attempt}/image-file?path=${encodeURIComponent(path)}&size=${size}`, init),
    async inventory(build, attempt) {
      const response = await get(`/builds/${build}/${attempt}/inventory`);
      if (response.ok) return await response.bytes();
      await response.body?.cancel();
      return null;
    },
    async close() {
      await Promise.all([agent.destroy(), patient.destroy()]);
    },
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

/** The JSON objects of a stream that has one in each line; a line that was cut off is none. */
async function* objects<T>(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<T> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as T;
  }
}

function refusal(error: unknown): never {
  if (error instanceof TRPCClientError && error.data?.code === "PRECONDITION_FAILED")
    throw new NoMachine(error.message);
  return unreachable(error);
}

/** The builder knows no such log. */
function absent(error: unknown): null {
  if (error instanceof TRPCClientError && error.data?.code === "NOT_FOUND") return null;
  return unreachable(error);
}

function unreachable(error: unknown): never {
  if (error instanceof Error && error.name === "AbortError") throw error;
  if (error instanceof TRPCClientError && error.data) throw error;
  throw new BuilderUnreachable("The builder does not answer.", { cause: error });
}
