import { type ExecException, execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { debianArchitecture } from "#lib/kiwi/repository/apt.ts";
import { childEnvironment } from "#server/platform/child-environment.ts";
import { type FetchedList, type ListStore, RepositoryProblem } from "./fetch-lists.ts";
import { unpack } from "./read-catalogue.ts";

/** A user without any rights on the host. */
const NOBODY = 65534;
/** Where apt finds its folder: in a mount namespace of its own, whoever may look at what lies above it. */
const HERE = "/mnt";
/** Beginning of the names of folders that are complete, and how many are kept: each has some 150 MB. */
const STATE = "apt-";
const MOST_STATES = 3;
/** Milliseconds that apt may take. */
const PATIENCE = 60_000;

/** Lets apt find out what belongs together. One question at a time: what one needs, the next finds made. */
export class AptSolver {
  readonly #store: ListStore;
  #last: Promise<unknown> = Promise.resolve();

  constructor(store: ListStore) {
    this.#store = store;
  }

  /**
   * What apt would install into an empty tree, by name: what is essential, the packages that are named, and what they need.
   * Nothing is installed or fetched, apt runs as nobody on copies of the lists. Rejects with RepositoryProblem, in apt's words.
   */
  solve(lists: readonly FetchedList[], names: readonly string[], recommended: boolean): Promise<string[]> {
    const solving = this.#last.then(async () => {
      const folder = await stateFor(lists, this.#store);
      const recommends = recommended ? "--install-recommends" : "--no-install-recommends";
      // A name may look like an option.
      const output = await apt(folder, ["--simulate", "--yes", recommends, "install", "--", "?essential", ...names]);
      return [...output.matchAll(/^Inst (\S+)/gm)].map(([, name = ""]) => name);
    });
    this.#last = solving.catch(() => undefined);
    return solving;
  }
}

/** A folder in which apt knows these lists and nothing else; one that is there is complete. */
async function stateFor(lists: readonly FetchedList[], store: ListStore): Promise<string> {
  const key = createHash("sha256").update(JSON.stringify(lists)).digest("hex").slice(0, 32);
  const folder = join(store.folder, `${STATE}${key}`);
  const there = await stat(folder).catch(() => null);
  if (there !== null) {
    await utimes(folder, new Date(), new Date());
    return folder;
  }
  await forgetStates(store.folder, MOST_STATES - 1);
  const incoming = join(store.folder, `incoming-${key}`);
  await rm(incoming, { recursive: true, force: true });
  for (const name of ["state/lists/partial", "cache/archives/partial"]) {
    await mkdir(join(incoming, name), { recursive: true });
  }
  const sources: string[] = [];
  for (const [number, list] of lists.entries()) {
    await mkdir(join(incoming, "lists", String(number)), { recursive: true });
    await pipeline(unpack(list), createWriteStream(join(incoming, "lists", String(number), "Packages")));
    sources.push(`deb [trusted=yes] copy:${HERE}/lists/${number} ./\n`);
  }
  await writeFile(join(incoming, "sources.list"), sources.join(""));
  await writeFile(join(incoming, "status"), "");
  await writeFile(join(incoming, "apt.conf"), configuration(debianArchitecture(store.architecture)));
  await promisify(execFile)("chown", ["--recursive", `${NOBODY}:${NOBODY}`, incoming]);
  await apt(incoming, ["update"]);
  // What apt has made of them is all that is needed.
  await rm(join(incoming, "lists"), { recursive: true });
  await rename(incoming, folder);
  return folder;
}

/** Removes what was not used for longest. */
async function forgetStates(folder: string, keep: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(STATE) || name.startsWith("incoming-"));
  const states = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  for (const { name } of states.toSorted((a, b) => b.at - a.at).slice(keep)) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

const configuration = (architecture: string) => `Dir "${HERE}/";
Dir::State "state/";
Dir::State::status "${HERE}/status";
Dir::Cache "cache/";
Dir::Log "cache/";
Dir::Log::Planner "";
Dir::Etc::main "/dev/null";
Dir::Etc::parts "/dev/null";
Dir::Etc::sourcelist "${HERE}/sources.list";
Dir::Etc::sourceparts "/dev/null";
APT::Architecture "${architecture}";
APT::Architectures { "${architecture}"; };
APT::Sandbox::User "";
Debug::NoLocking "true";
`;

/** Runs apt-get as nobody, without network, with nothing to write but the folder. */
async function apt(folder: string, args: readonly string[]): Promise<string> {
  const nobody = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", "--no-new-privs"];
  const inside = ["setpriv", ...nobody, "--inh-caps=-all", "--bounding-set=-all", "apt-get", ...args];
  const bound = ["sh", "-c", `mount --bind "$1" ${HERE} && shift && exec "$@"`, "sh", folder, ...inside];
  const apart = ["--mount", "--net", "--ipc", "--propagation", "private", "--", ...bound];
  const env = childEnvironment({ PATH: "/usr/bin:/bin:/usr/sbin:/sbin", APT_CONFIG: `${HERE}/apt.conf`, LC_ALL: "C" });
  try {
    const { stdout } = await promisify(execFile)("unshare", apart, { env, timeout: PATIENCE, maxBuffer: 2 ** 26 });
    return stdout;
  } catch (error) {
    throw new RepositoryProblem(reasonOf(error), { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const { stderr, killed, message } = error as Partial<ExecException> & { stderr?: string };
  if (killed === true) return `apt has not come to an end within ${PATIENCE / 1000} seconds.`;
  const said = /^E: (.+)$/m.exec(stderr ?? "")?.[1];
  return said === undefined ? `apt cannot be run here: ${message ?? String(error)}` : `apt says: ${said}`;
}
