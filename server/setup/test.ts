import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { findProgram } from "#server/kiwi/index.ts";
import { type Config, loadConfig } from "#server/platform/config.ts";
import { CommandError, runCommand } from "./command.ts";
import { setUpHostTools } from "./host-tools.ts";
import { setUpKiwi } from "./kiwi-setup.ts";
import { installPackages } from "./package-manager.ts";
import { createTerminal, type Terminal } from "./terminal.ts";
import { setUpJing, setUpMachines, setUpOldKiwi, setUpShellCheck } from "./test-tools.ts";

// `npm test`: sets up what the tests need, then runs every check there is and stops at the first that fails.

const PROJECT = join(import.meta.dirname, "..", "..");
const CACHE = join(PROJECT, ".cache");
const E2E_REPORT = join(CACHE, "e2e.json");
const BROWSERS = ["chromium", "chromium-browser", "google-chrome-stable"];

type Count = { passed: number; failed: number };
type Run = { command: string[]; report?: string };
/** `script` is how a person runs the same alone; the runs of a check go on side by side. */
type Check = { title: string; script: string; runs: Run[]; count?: (report: string) => Promise<Count> };

/** The tools of the tests live in the project's cache folder, so that one installation serves every run. */
function testConfig(): Config {
  const config = loadConfig();
  return { ...config, dataDir: CACHE, paths: { ...config.paths, kiwi: join(CACHE, "kiwi") } };
}

/** What the checks get to know of the set-up, besides the environment of this process. */
async function setUp(config: Config, terminal: Terminal): Promise<string[]> {
  await mkdir(CACHE, { recursive: true });
  const kiwi = await setUpKiwi(config, terminal);
  if ("problem" in kiwi) throw new CommandError(`The tests need KIWI. ${kiwi.problem}`);
  terminal.say(`✓ KIWI ${kiwi.version}: ${kiwi.command}`);
  const tools = await setUpHostTools(config, terminal);
  if (tools !== null) terminal.say(`! ${tools}`);
  const jing = await setUpJing(config, terminal);
  if (jing !== null) terminal.say(`! ${jing}`);
  const shellCheck = await setUpShellCheck(config, terminal);
  if (shellCheck !== null) terminal.say(`! ${shellCheck}`);
  const machines = await setUpMachines(config, terminal);
  if (machines !== null) terminal.say(`! ${machines}`);
  const oldSchema = await setUpOldKiwi(config, kiwi, terminal);
  const browser = await setUpBrowser(config, terminal);
  return [
    ...["env", "CI=true", "NO_COLOR=1", "KIWI_WORKBENCH_YES=1"],
    `KIWI_WORKBENCH_KIWI=${kiwi.command}`,
    `KIWI_WORKBENCH_TEST_SCHEMA=${kiwi.schemaPath}`,
    ...(oldSchema === null ? [] : [`KIWI_WORKBENCH_TEST_OLD_SCHEMA=${oldSchema}`]),
    `KIWI_WORKBENCH_TEST_BROWSER=${browser}`,
    `PLAYWRIGHT_JSON_OUTPUT_NAME=${E2E_REPORT}`,
  ];
}

/** The browser of this machine, the distribution's Chromium where there is none. */
async function setUpBrowser(config: Config, terminal: Terminal): Promise<string> {
  const find = async () =>
    (await Promise.all(BROWSERS.map((name) => findProgram(name, config.searchPath)))).find(Boolean);
  const present = await find();
  if (present) return present;
  const { problem } = await installPackages(config, terminal, ["chromium"], "Testing in a real browser");
  const installed = await find();
  if (!installed) throw new CommandError(`The end-to-end tests need Chromium. ${problem ?? ""}`.trim());
  return installed;
}

function checks(): Check[] {
  const tool = (name: string) => join(PROJECT, "node_modules", ".bin", name);
  const unit = (name: string, ...projects: string[]): Run => {
    const report = join(CACHE, `unit-${name}.json`);
    const selected = projects.map((project) => `--project=${project}`);
    return {
      command: [
        tool("vitest"),
        "run",
        ...selected,
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${report}`,
      ],
      report,
    };
  };
  return [
    { title: "Formatting", script: "format:check", runs: [{ command: [tool("biome"), "check", "."] }] },
    {
      title: "Lint and import rules",
      script: "lint",
      runs: [{ command: [tool("oxlint"), "--type-aware", "--deny-warnings", "."] }],
    },
    { title: "Types", script: "types", runs: [{ command: [tool("tsc"), "--noEmit", "-p", "."] }] },
    {
      title: "Types of the pure core",
      script: "types",
      runs: [{ command: [tool("tsc"), "--noEmit", "-p", "lib"] }],
    },
    { title: "Unused code", script: "knip", runs: [{ command: [tool("knip")] }] },
    {
      title: "Unit tests",
      script: "unit",
      // Real builds wait for the network and the disk often enough to leave a processor to the others.
      runs: [unit("builder", "builder"), unit("others", "core", "server")],
      count: countUnitTests,
    },
    {
      title: "End-to-end tests",
      script: "e2e",
      runs: [{ command: [tool("playwright"), "test", "--reporter=list,json"], report: E2E_REPORT }],
      count: countBrowserTests,
    },
  ];
}

async function countUnitTests(report: string): Promise<Count> {
  const schema = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });
  const { numPassedTests, numFailedTests } = schema.parse(JSON.parse(await readFile(report, "utf8")));
  return { passed: numPassedTests, failed: numFailedTests };
}

async function countBrowserTests(report: string): Promise<Count> {
  const schema = z.object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }) });
  const { stats } = schema.parse(JSON.parse(await readFile(report, "utf8")));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
}

/** Runs the checks in order; false at the first one that fails, after showing all that it said. */
async function runChecks(environment: string[], terminal: Terminal, total: Count): Promise<boolean> {
  for (const { title, script, runs, count } of checks()) {
    const reports = runs.flatMap(({ report }) => report ?? []);
    // A check that breaks before it reports must not be counted by the report of an earlier run.
    await Promise.all(reports.map((report) => rm(report, { force: true })));
    const failures = await terminal
      .step(title, async (step) => {
        const options = { cwd: PROJECT, onLine: (line: string) => step.progress(line) };
        const ends = await Promise.allSettled(
          runs.map(({ command }) => runCommand([...environment, ...command], options)),
        );
        const failed = ends.flatMap((end) => (end.status === "rejected" ? end.reason : []));
        if (failed.length > 0) throw new AggregateError(failed);
      })
      .then(
        () => [],
        ({ errors }: AggregateError) => errors as CommandError[],
      );
    const counts = await Promise.all(reports.map(async (report) => await count?.(report).catch(() => null)));
    for (const counted of counts) {
      total.passed += counted?.passed ?? 0;
      total.failed += counted?.failed ?? 0;
    }
    if (failures.length === 0) continue;
    for (const { output, message } of failures) terminal.say(`\n${output || message}\n`);
    terminal.say(`${title}: failed. To run it alone: npm run ${script}\n`);
    // A check that counts nothing, or that broke before it could count, has failed all the same.
    if (!counts.some((counted) => counted && counted.failed > 0)) total.failed += 1;
    return false;
  }
  return true;
}

const terminal = createTerminal();
const total: Count = { passed: 0, failed: 0 };
try {
  const environment = await setUp(testConfig(), terminal);
  process.exitCode = (await runChecks(environment, terminal, total)) ? 0 : 1;
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  terminal.say(error.message);
  total.failed += 1;
  process.exitCode = 1;
}
terminal.say(`${total.passed} passed, ${total.failed} failed`);
