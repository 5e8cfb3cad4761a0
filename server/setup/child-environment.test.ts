import { expect, test } from "vitest";
import { loadConfig } from "#server/platform/config.ts";
import { childEnvironment } from "./child-environment.ts";

test("the processes have every setting that the launcher has", () => {
  const settings = {
    PATH: "/opt/bin:/usr/bin",
    HOME: "/home/somebody",
    http_proxy: "http://proxy.example.org:3128",
    DATABASE_URL: "postgres://db.example.org/kiwi",
    PG_BIN: "/usr/lib/postgresql/17/bin",
    KIWI_WORKBENCH_DATA: "/srv/data",
    KIWI_WORKBENCH_WORKSPACE: "/srv/images",
    KIWI_WORKBENCH_HOST: "0.0.0.0",
    KIWI_WORKBENCH_PORT: "1234",
    KIWI_WORKBENCH_ALLOWED_HOSTS: "images.example.org",
    KIWI_WORKBENCH_SLOTS: "3",
    KIWI_WORKBENCH_KIWI: "/opt/bin/kiwi-ng",
    KIWI_WORKBENCH_PACKAGE_LISTS: "77",
    KIWI_WORKBENCH_GIT_CREDENTIALS: "/srv/git-logins",
    KIWI_WORKBENCH_REUSE: "3",
    KIWI_WORKBENCH_WEBHOOK: "https://hooks.example.org/builds",
    KIWI_WORKBENCH_WEBHOOK_SECRET: "correct horse battery",
    KIWI_WORKBENCH_RETAIN_DAYS: "30",
    KIWI_WORKBENCH_RETAIN_BUILDS: "4",
    KIWI_WORKBENCH_RETAIN_SIZE: "100",
    KIWI_WORKBENCH_BUILD_MEMORY: "2048",
    KIWI_WORKBENCH_BUILD_PROCESSES: "100",
    KIWI_WORKBENCH_BUILD_CPU_WEIGHT: "7",
    KIWI_WORKBENCH_PUBLIC_BADGES: "1",
    KIWI_WORKBENCH_METRICS_TOKEN: "a long word for the collector",
  };
  const config = loadConfig(settings);
  expect(loadConfig(childEnvironment(config))).toEqual(config);
  expect(config.limits).toEqual({ memoryBytes: 2048 * 2 ** 20, processes: 100, cpuWeight: 7 });
});
