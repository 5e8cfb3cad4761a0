import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

/** The machine's own browser: nothing is downloaded. `npm test` names the one that it has found or installed. */
const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome-stable"];
const named = process.env.KIWI_WORKBENCH_TEST_BROWSER;
const executablePath = named ?? browsers.find((path) => existsSync(path)) ?? "/usr/bin/chromium";

// Chromium's sandbox does not work for root.
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // One real builder with real KIWI builds: one story at a time.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    // Recording slows all stories down: `npm run e2e -- --trace on` where one is needed.
    trace: "off",
    launchOptions: {
      executablePath,
      args: [...sandbox, "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    },
  },
});
