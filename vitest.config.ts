import { configDefaults, defineConfig } from "vitest/config";

const files = "**/*.test.{ts,tsx}";

export default defineConfig({
  test: {
    environment: "node",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      // Without side effects, so that nothing is shared but what was compiled once.
      {
        extends: true,
        test: {
          name: "core",
          include: [`{lib,components,app,conformance}/${files}`],
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      // One file after the other: they share two cores with real PostgreSQL servers and real KIWI processes. `npm test`
      // runs these two side by side.
      {
        extends: true,
        test: {
          name: "server",
          include: [`{server,bin}/${files}`],
          exclude: [...configDefaults.exclude, `server/builder/${files}`],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: "builder", include: [`server/builder/${files}`], maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
