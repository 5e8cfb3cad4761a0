import { homedir, totalmem } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import type { BuildLimits } from "#lib/contracts/attempt.ts";
import type { RetentionPolicy } from "#lib/contracts/retention.ts";

/** Everything that can be set from outside. `loadConfig` is the only reader of the environment. */
export type Config = {
  dataDir: string;
  workspaceDir: string;
  host: string;
  port: number;
  /** Host names (without port) that a request may name. */
  allowedHosts: string[];
  /** Builds that run at the same time on this host. */
  slots: number;
  /** What one build may take of this host. */
  limits: BuildLimits;
  /** The space that root trees may take which are kept for later builds; 0 = none is kept. */
  reuseBytes: number;
  /** The space that lists of packages of repositories may take; 0 = none are fetched, names of packages are not checked. */
  packageListBytes: number;
  /** How long results stay. */
  retention: RetentionPolicy;
  /** Told of the end of every build; with a secret its messages are signed. */
  webhook?: { address: string; secret?: string };
  /** With this word a monitoring system may read figures without a login; absent = it may not. */
  metricsToken?: string;
  /** Badges are shown to whoever asks, without a login. */
  publicBadges: boolean;
  /** Logins of git's remotes, an address with user and password a line. */
  gitCredentials?: string;
  /** An explicit `kiwi-ng` program. */
  kiwiCommand?: string;
  /** A PostgreSQL that somebody else runs; absent = our own local server. */
  databaseUrl?: string;
  /** Folder with `initdb`, `pg_ctl` and `postgres` for our own server; absent = the ones that came with us. */
  pgBin?: string;
  /** Answer every question with yes. */
  yes: boolean;
  /** Where programs of this host are looked for. */
  searchPath: string;
  /** The variables that name a proxy, as they are set; builds get them too. */
  proxy: Record<string, string>;
  paths: DataPaths;
};

/** Where things lie below the data folder. */
export type DataPaths = {
  snapshots: string;
  builds: string;
  /** Root trees that are kept for later builds; on the same file system as the builds. */
  roots: string;
  /** Lists of packages of repositories, as they were fetched. */
  packageLists: string;
  database: string;
  run: string;
  builderSocket: string;
  databaseSocketDir: string;
  web: string;
  kiwi: string;
  logs: string;
  secrets: string;
};

/** A setting that cannot be used; its message names the variable and says what is allowed. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

/** The longest path that Linux accepts for a Unix socket (sun_path without its closing NUL), in bytes. */
const SOCKET_PATH_LIMIT = 107;

/** Reads the configuration. Throws ConfigError for values that make no sense. */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const dataDir = absolute("KIWI_WORKBENCH_DATA", value(env, "KIWI_WORKBENCH_DATA") ?? defaultDataDir(env));
  const workspaceDir = absolute(
    "KIWI_WORKBENCH_WORKSPACE",
    value(env, "KIWI_WORKBENCH_WORKSPACE") ?? join(dataDir, "workspace"),
  );
  const kiwiCommand = value(env, "KIWI_WORKBENCH_KIWI");
  const gitCredentials = value(env, "KIWI_WORKBENCH_GIT_CREDENTIALS");
  const metricsToken = value(env, "KIWI_WORKBENCH_METRICS_TOKEN");
  const databaseUrl = value(env, "DATABASE_URL");
  const pgBin = value(env, "PG_BIN");
  const paths = dataPaths(dataDir);
  checkSocketPath(paths.builderSocket);
  checkSocketPath(join(paths.databaseSocketDir, ".s.PGSQL.5432.lock"));
  return {
    dataDir,
    workspaceDir,
    host: value(env, "KIWI_WORKBENCH_HOST") ?? "127.0.0.1",
    port: integer(env, "KIWI_WORKBENCH_PORT", 8374, 1, 65535),
    allowedHosts: [
      ...new Set(["localhost", "127.0.0.1", "[::1]", ...list(value(env, "KIWI_WORKBENCH_ALLOWED_HOSTS"))]),
    ],
    slots: integer(env, "KIWI_WORKBENCH_SLOTS", 1, 1, 64),
    limits: {
      memoryBytes: 2 ** 20 * integer(env, "KIWI_WORKBENCH_BUILD_MEMORY", usualMemory(), 256, 2 ** 24),
      processes: integer(env, "KIWI_WORKBENCH_BUILD_PROCESSES", 8192, 64, 2 ** 22),
      cpuWeight: integer(env, "KIWI_WORKBENCH_BUILD_CPU_WEIGHT", 50, 1, 10_000),
    },
    packageListBytes: 2 ** 20 * integer(env, "KIWI_WORKBENCH_PACKAGE_LISTS", 1024, 0, 1_000_000),
    reuseBytes: 2 ** 30 * integer(env, "KIWI_WORKBENCH_REUSE", 10, 0, 10_000),
    retention: {
      days: integer(env, "KIWI_WORKBENCH_RETAIN_DAYS", 0, 0, 100_000) || null,
      count: integer(env, "KIWI_WORKBENCH_RETAIN_BUILDS", 0, 0, 100_000) || null,
      bytes: 2 ** 30 * integer(env, "KIWI_WORKBENCH_RETAIN_SIZE", 0, 0, 1_000_000) || null,
    },
    ...webhookOf(env),
    ...(metricsToken === undefined ? {} : { metricsToken: longEnough("KIWI_WORKBENCH_METRICS_TOKEN", metricsToken) }),
    publicBadges: value(env, "KIWI_WORKBENCH_PUBLIC_BADGES") === "1",
    ...(gitCredentials === undefined
      ? {}
      : { gitCredentials: absolute("KIWI_WORKBENCH_GIT_CREDENTIALS", gitCredentials) }),
    ...(kiwiCommand === undefined ? {} : { kiwiCommand: absolute("KIWI_WORKBENCH_KIWI", kiwiCommand) }),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(pgBin === undefined ? {} : { pgBin: absolute("PG_BIN", pgBin) }),
    yes: value(env, "KIWI_WORKBENCH_YES") === "1",
    searchPath: value(env, "PATH") ?? "/usr/local/bin:/usr/bin:/bin",
    proxy: proxyVariables(env),
    paths,
  };
}

function webhookOf(env: Readonly<Record<string, string | undefined>>): Pick<Config, "webhook"> {
  const address = value(env, "KIWI_WORKBENCH_WEBHOOK");
  if (address === undefined) return {};
  if (!/^https?:\/\/[^\s@]+$/.test(address))
    throw new ConfigError(`KIWI_WORKBENCH_WEBHOOK must be an http(s) address without a login, but is "${address}".`);
  const secret = value(env, "KIWI_WORKBENCH_WEBHOOK_SECRET");
  if (secret === undefined) return { webhook: { address } };
  return { webhook: { address, secret: longEnough("KIWI_WORKBENCH_WEBHOOK_SECRET", secret) } };
}

/** Nine tenths of the memory, in MiB: the host stays usable whatever a build does. */
function usualMemory(): number {
  return Math.max(256, Math.floor((totalmem() / 2 ** 20) * 0.9));
}

function dataPaths(dataDir: string): DataPaths {
  const run = join(dataDir, "run");
  return {
    snapshots: join(dataDir, "snapshots"),
    builds: join(dataDir, "builds"),
    roots: join(dataDir, "roots"),
    packageLists: join(dataDir, "package-lists"),
    database: join(dataDir, "database"),
    run,
    builderSocket: join(run, "builder.sock"),
    databaseSocketDir: join(run, "db"),
    web: join(dataDir, "web"),
    kiwi: join(dataDir, "kiwi"),
    logs: join(dataDir, "logs"),
    secrets: join(dataDir, "secrets"),
  };
}

function defaultDataDir(env: Readonly<Record<string, string | undefined>>): string {
  if (process.getuid?.() === 0) return "/var/lib/kiwi-workbench";
  return join(value(env, "XDG_DATA_HOME") ?? join(homedir(), ".local", "share"), "kiwi-workbench");
}

function proxyVariables(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const names = ["http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"];
  return Object.fromEntries(names.flatMap((name) => (value(env, name) ? [[name, value(env, name) ?? ""]] : [])));
}

/** An empty variable counts as not set, as service managers and shells leave them. */
function value(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const text = env[name]?.trim();
  return text === "" ? undefined : text;
}

function absolute(name: string, path: string): string {
  if (!isAbsolute(path)) throw new ConfigError(`${name} must be an absolute path, but is "${path}".`);
  return resolve(path);
}

function integer(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  fallback: number,
  min: number,
  max: number,
): number {
  const text = value(env, name);
  if (text === undefined) return fallback;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < min || number > max)
    throw new ConfigError(`${name} must be a whole number from ${min} to ${max}, but is "${text}".`);
  return number;
}

/** A word that opens a door must not be guessed. */
function longEnough(name: string, word: string): string {
  if (word.length < 16) throw new ConfigError(`${name} must have at least 16 characters.`);
  return word;
}

function list(text: string | undefined): string[] {
  return (text ?? "").split(",").flatMap((part) => part.trim().toLowerCase() || []);
}

function checkSocketPath(path: string): void {
  const bytes = Buffer.byteLength(path);
  if (bytes > SOCKET_PATH_LIMIT)
    throw new ConfigError(
      `The data folder's path is too long: the socket ${path} has ${bytes} bytes, Linux allows ${SOCKET_PATH_LIMIT}. ` +
        "Set KIWI_WORKBENCH_DATA to a shorter path.",
    );
}
