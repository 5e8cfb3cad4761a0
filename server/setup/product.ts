import { join } from "node:path";
import { createLoginToken, ensureDatabase, listBuilds, openDatabase, stopDatabase } from "#server/db/index.ts";
import type { Config } from "#server/platform/config.ts";
import { type User, webUser } from "#server/platform/users.ts";
import { webAddress } from "#server/platform/web-address.ts";
import { watchDatabase } from "./database-watch.ts";
import { prepareFolders } from "./folders.ts";
import { setUpHostTools } from "./host-tools.ts";
import { setUpKiwi } from "./kiwi-setup.ts";
import { lockDataFolder } from "./launcher-lock.ts";
import { ProcessList } from "./processes.ts";
import { builderProgram, developmentWebProgram, webProgram } from "./programs.ts";
import { checkPort, waitForListener } from "./readiness.ts";
import { type Program, type Supervised, supervise } from "./supervisor.ts";
import type { Terminal } from "./terminal.ts";
import { deployWeb } from "./web-build.ts";

const PROJECT = join(import.meta.dirname, "..", "..");

/** The whole of KIWI Workbench for one data folder: set up, started, kept running, stopped. */
export class Product {
  /** What does not work, one paragraph each. */
  readonly problems: string[] = [];
  readonly #config: Config;
  readonly #terminal: Terminal;
  readonly #development: boolean;
  readonly #processes: ProcessList;
  readonly #running: Supervised[] = [];
  #stopDatabase: (() => Promise<void>) | undefined;

  constructor(config: Config, terminal: Terminal, { development }: { development: boolean }) {
    this.#config = config;
    this.#terminal = terminal;
    this.#development = development;
    this.#processes = new ProcessList(config, terminal.say);
  }

  /**
   * Sets up what is missing and starts database, builder and web server. Resolves with an address that logs in once.
   * Throws AlreadyRunning, PortProblem, DatabaseError and CommandError, each with a message for people; what runs by
   * then is ended by `stop`.
   */
  async start(): Promise<string> {
    const config = this.#config;
    const address = webAddress(config);
    await lockDataFolder(config.dataDir, address);
    const user = await webUser(config);
    await prepareFolders(config, user);
    await this.#processes.endLeftovers();
    await checkPort(config.host, config.port);
    await this.#setUpBuilds();
    const web = await this.#webProgram(user);
    await this.#startDatabase();
    await this.#startBuilder();
    await this.#terminal.step("Starting the web server", async () => {
      this.#run("web", web);
      if (!(await waitForListener(config, 60)))
        this.problems.push(`The web server does not answer yet. Its log: ${web.logFile}`);
    });
    const token = await withDatabase(config, createLoginToken);
    return `${address}/login#token=${token}`;
  }

  /** Stops whatever runs. Resolves with the number of builds that go on by themselves. */
  async stop(): Promise<number> {
    // Counted while the others end: from now on none of them is to be started again.
    const counted = this.#stopDatabase ? countRunning(this.#config) : Promise.resolve(0);
    const [goingOn] = await Promise.all([counted, ...this.#running.map((each) => each.stop())]);
    await this.#stopDatabase?.();
    return goingOn;
  }

  async #setUpBuilds(): Promise<void> {
    const kiwi = await setUpKiwi(this.#config, this.#terminal);
    if ("problem" in kiwi) {
      const consequence = "images cannot be built, and descriptions are checked for well-formedness only";
      this.problems.push(`There is no usable KIWI: ${consequence}. ${kiwi.problem}`);
    } else this.#terminal.say(`✓ KIWI ${kiwi.version}: ${kiwi.command}`);
    const tools = await setUpHostTools(this.#config, this.#terminal);
    if (tools !== null) this.problems.push(`Not every image type can be built on this machine. ${tools}`);
  }

  async #webProgram(user: User): Promise<Program> {
    if (this.#development) return developmentWebProgram(this.#config, PROJECT);
    const deployment = await deployWeb(PROJECT, this.#config.paths.web, user, this.#terminal);
    return webProgram(this.#config, user, deployment);
  }

  async #startDatabase(): Promise<void> {
    const config = this.#config;
    await this.#terminal.step("Starting the database", async () => {
      this.#stopDatabase = async () => await stopDatabase(config);
      await ensureDatabase(config);
      await withDatabase(config, async () => undefined);
    });
    const endWatch = watchDatabase(config, this.#terminal.say);
    this.#stopDatabase = async () => {
      endWatch();
      await stopDatabase(config);
    };
  }

  async #startBuilder(): Promise<void> {
    const config = this.#config;
    const builder = await builderProgram(config, PROJECT, this.#terminal, { watch: this.#development });
    if (typeof builder === "string") {
      this.problems.push(builder);
      return;
    }
    await this.#terminal.step("Starting the builder", async () => {
      this.#run("builder", builder);
      if (!(await waitForListener({ path: config.paths.builderSocket }, 30)))
        this.problems.push(`The builder does not answer; builds wait until it does. Its log: ${builder.logFile}`);
    });
  }

  #run(name: string, program: Program): void {
    const onStart = (pid: number) => this.#processes.add(name, pid);
    this.#running.push(supervise(program, { say: this.#terminal.say, onStart }));
  }
}

/** Builds that run now; 0 where the database cannot tell, because stopping must not depend on it. */
async function countRunning(config: Config): Promise<number> {
  try {
    const builds = await withDatabase(config, async (database) => await listBuilds(database, { limit: 200 }));
    return builds.filter((build) => build.state === "preparing" || build.state === "running").length;
  } catch {
    return 0;
  }
}

/** Opens the database, which also brings its tables to this version. */
async function withDatabase<Result>(
  config: Config,
  use: (database: Awaited<ReturnType<typeof openDatabase>>) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(config, { role: "cli", waitSeconds: 5 });
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}
