import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium } from "@playwright/test";
import { isFinal } from "#lib/builds/state.ts";
import { submitBehaviour, until, writeStandIn } from "#server/builder/daemon-fixture.ts";
import { type Database, getBuild, openDatabase } from "#server/db/index.ts";
import { childEnvironment } from "#server/platform/child-environment.ts";
import { type Config, loadConfig } from "#server/platform/config.ts";
import { type Product, startProduct } from "../../e2e/support/product.ts";

/** The whole product as a user starts it, with a program in KIWI's place that prints what it is told to, and a browser. */
export interface LogStage {
  product: Product;
  config: Config;
  db: Database;
  browser: Browser;
  /** Logged in. */
  context: BrowserContext;
  /** Asks for a build in which a shell script stands in KIWI's place; resolves with its id. */
  submit(script: string): Promise<string>;
  reaches(build: string, state: "running" | "succeeded" | "failed"): Promise<void>;
  logFile(build: string): string;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startLogStage(): Promise<LogStage> {
  const dir = await mkdtemp(join(tmpdir(), "log-bench-"));
  await chmod(dir, 0o755);
  const environment = { KIWI_WORKBENCH_KIWI: await writeStandIn(dir) };
  const product = await startProduct(environment);
  const config = loadConfig(childEnvironment({ ...environment, KIWI_WORKBENCH_DATA: product.dataDir }));
  const db = await openDatabase(config, { role: "cli" });
  const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome-stable"].find(
    existsSync,
  );
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const token = new URL(await product.loginAddress()).hash.replace("#token=", "");
  const headers = { origin: product.origin };
  await context.request.post(`${product.origin}/api/trpc/session.login`, { data: { token }, headers });
  return {
    product,
    config,
    db,
    browser,
    context,
    submit: async (script) => (await submitBehaviour(config, db, script)).id,
    reaches: async (build, state) => {
      const reached = await until(async () => {
        const now = (await getBuild(db, build))?.state;
        return now !== undefined && (now === state || isFinal(now)) && now;
      });
      if (reached !== state) throw new Error(`the build is ${reached}, and was to be ${state}`);
    },
    logFile: (build) => join(config.paths.builds, build, "0", "build.log"),
    async [Symbol.asyncDispose]() {
      await browser.close();
      await db.close();
      await product.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
