import type { Config } from "#server/platform/config.ts";

/**
 * The whole environment of the web server and of the builder: every setting by name, because their defaults depend on
 * the user, and the processes run as different ones. Nothing else of the launcher's environment reaches them.
 */
export function childEnvironment(config: Config): NodeJS.ProcessEnv {
  return {
    PATH: config.searchPath,
    LANG: "C.UTF-8",
    NODE_ENV: "production",
    ...config.proxy,
    KIWI_WORKBENCH_DATA: config.dataDir,
    KIWI_WORKBENCH_WORKSPACE: config.workspaceDir,
    KIWI_WORKBENCH_HOST: config.host,
    KIWI_WORKBENCH_PORT: String(config.port),
    KIWI_WORKBENCH_ALLOWED_HOSTS: config.allowedHosts.join(","),
    KIWI_WORKBENCH_SLOTS: String(config.slots),
    KIWI_WORKBENCH_PACKAGE_LISTS: String(config.packageListBytes / 2 ** 20),
    KIWI_WORKBENCH_REUSE: String(config.reuseBytes / 2 ** 30),
    ...(config.webhook === undefined ? {} : { KIWI_WORKBENCH_WEBHOOK: config.webhook.address }),
    ...(config.webhook?.secret === undefined ? {} : { KIWI_WORKBENCH_WEBHOOK_SECRET: config.webhook.secret }),
    KIWI_WORKBENCH_RETAIN_DAYS: String(config.retention.days ?? 0),
    KIWI_WORKBENCH_RETAIN_BUILDS: String(config.retention.count ?? 0),
    KIWI_WORKBENCH_RETAIN_SIZE: String((config.retention.bytes ?? 0) / 2 ** 30),
    KIWI_WORKBENCH_BUILD_MEMORY: String(Math.floor(config.limits.memoryBytes / 2 ** 20)),
    KIWI_WORKBENCH_BUILD_PROCESSES: String(config.limits.processes),
    KIWI_WORKBENCH_BUILD_CPU_WEIGHT: String(config.limits.cpuWeight),
    ...(config.publicBadges ? { KIWI_WORKBENCH_PUBLIC_BADGES: "1" } : {}),
    ...(config.metricsToken === undefined ? {} : { KIWI_WORKBENCH_METRICS_TOKEN: config.metricsToken }),
    ...(config.gitCredentials === undefined ? {} : { KIWI_WORKBENCH_GIT_CREDENTIALS: config.gitCredentials }),
    ...(config.kiwiCommand === undefined ? {} : { KIWI_WORKBENCH_KIWI: config.kiwiCommand }),
    ...(config.databaseUrl === undefined ? {} : { DATABASE_URL: config.databaseUrl }),
    ...(config.pgBin === undefined ? {} : { PG_BIN: config.pgBin }),
  };
}
