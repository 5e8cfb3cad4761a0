import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A running KIWI Workbench, started just as a user starts it, with a data directory and a port of its own. */
export interface Product {
  origin: string;
  port: number;
  dataDir: string;
  workspace: string;
  /** Everything that the launcher has printed. */
  output(): string;
  /** A fresh one-time login address. */
  loginAddress(): Promise<string>;
  /** Runs the command line tool against this product. */
  cli(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }>;
  /** The process that serves a part at this moment. */
  pid(part: "web" | "builder" | "database"): number;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, "../..");
const addressPattern = /http:\/\/127\.0\.0\.1:\d+\/login#token=\S+/;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}

function postmasterFile(dataDir: string): string {
  const file = globSync(join(dataDir, "database/**/postmaster.pid"))[0];
  if (file === undefined) throw new Error("the database is not running");
  return file;
}

function run(command: string, args: string[], env: NodeJS.ProcessEnv) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** Waits until the launcher has printed its address; fails with all that it printed when it ends before. */
function untilReady(child: ChildProcess, lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const watch = (stream: NodeJS.ReadableStream | null) => {
      if (stream === null) return;
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        const address = addressPattern.exec(line)?.[0];
        if (address !== undefined) resolve(address);
      });
    };
    watch(child.stdout);
    watch(child.stderr);
    child.on("exit", (code) => reject(new Error(`npm start ended with ${code}:\n${lines.join("\n")}`)));
  });
}

/** Starts the product by `npm start`. `parent` holds its data directory; it must be readable for every user. */
export async function startProduct(environment: Record<string, string> = {}): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), "kiwi-workbench-e2e-"));
  chmodSync(dataDir, 0o755);
  const port = await freePort();
  // Playwright asks for colours in its own processes; the product's are not to speak of that on stderr.
  const { FORCE_COLOR: _, DEBUG_COLORS: __, ...inherited } = process.env;
  const env: NodeJS.ProcessEnv = {
    ...inherited,
    KIWI_WORKBENCH_DATA: dataDir,
    KIWI_WORKBENCH_PORT: String(port),
    KIWI_WORKBENCH_YES: "1",
    ...environment,
  };
  // A session of its own, so that Ctrl+C in the terminal of the tests reaches them first and they stop the product.
  const child = spawn("npm", ["start"], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const lines: string[] = [];
  let firstAddress: string | undefined = await untilReady(child, lines);
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));

  const cli = (...args: string[]) => run(join(root, "bin/kiwi-workbench"), args, env);

  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    dataDir,
    workspace: env.KIWI_WORKBENCH_WORKSPACE ?? join(dataDir, "workspace"),
    output: () => lines.join("\n"),
    async loginAddress() {
      const known = firstAddress;
      firstAddress = undefined;
      if (known !== undefined) return known;
      const { stdout, stderr } = await cli("login");
      const address = addressPattern.exec(stdout)?.[0];
      if (address === undefined) throw new Error(`kiwi-workbench login printed no address: ${stdout}${stderr}`);
      return address;
    },
    cli,
    pid(part) {
      // The first line of postmaster.pid is PostgreSQL's own record of itself.
      if (part === "database") return Number(readFileSync(postmasterFile(dataDir), "utf8").split("\n")[0]);
      const processes: Record<string, { pid: number }> = JSON.parse(
        readFileSync(join(dataDir, "run/processes.json"), "utf8"),
      );
      const pid = processes[part]?.pid;
      if (pid === undefined) throw new Error(`no ${part} is running`);
      return pid;
    },
    async stop() {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGINT");
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
