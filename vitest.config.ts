import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    include: ["{lib,server,components,app,bin,conformance}/**/*.test.{ts,tsx}"],
    // The tests share two cores with real PostgreSQL servers and real KIWI processes.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
