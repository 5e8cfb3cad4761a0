import { join } from "node:path";
import { findProgram } from "#server/kiwi/index.ts";
import type { Config } from "#server/platform/config.ts";
import type { User } from "#server/platform/users.ts";
import { childEnvironment } from "./child-environment.ts";
import { succeeds } from "./command.ts";
import type { Program } from "./supervisor.ts";
import type { Terminal } from "./terminal.ts";
import type { Deployment } from "./web-build.ts";

/** The production web server, as its own user. */
export function webProgram(config: Config, user: User, { folder, node }: Deployment): Program {
  return {
    name: "web server",
    command: [node, "server.js"],
    cwd: folder,
    environment: { ...childEnvironment(config), ...listen(config), HOME: folder },
    ...(process.getuid?.() === 0 ? { user: { uid: user.uid, gid: user.gid } } : {}),
    logFile: join(config.paths.logs, "web.log"),
    graceSeconds: 3,
  };
}

/** The web server of developers: compiles on demand and reloads what changes. It runs as whoever started it. */
export function developmentWebProgram(config: Config, project: string): Program {
  const next = join(project, "node_modules", "next", "dist", "bin", "next");
  return {
    name: "web server",
    command: [process.execPath, next, "dev", "--hostname", config.host, "--port", String(config.port)],
    cwd: project,
    environment: { ...childEnvironment(config), NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" },
    logFile: join(config.paths.logs, "web.log"),
    graceSeconds: 3,
  };
}

/**
 * The builder, which needs root: directly, or by sudo after one question. A sentence instead, where root cannot be had.
 */
export async function builderProgram(
  config: Config,
  project: string,
  terminal: Terminal,
  { watch }: { watch: boolean },
): Promise<Program | string> {
  const node = [process.execPath, ...(watch ? ["--watch"] : []), join(project, "server", "builder", "main.ts")];
  const program = {
    name: "builder",
    cwd: config.dataDir,
    environment: childEnvironment(config),
    logFile: join(config.paths.logs, "builder.log"),
    graceSeconds: 10,
  };
  if (process.getuid?.() === 0) return { ...program, command: node };
  const sudo = await findProgram("sudo", config.searchPath);
  if (sudo === null) return "Building images needs root, and this machine has no sudo. Start KIWI Workbench as root.";
  if (!(await succeeds([sudo, "-n", "true"]))) {
    const agreed = await terminal.confirm("Building images needs root. Start the builder with sudo?");
    if (!agreed || (await terminal.interactive([sudo, "-v"])) !== 0)
      return (
        "The builder was not started, because it needs root: descriptions can be edited, but not built. " +
        "Start KIWI Workbench as root, or in a terminal where sudo can ask for the password."
      );
  }
  const settings = Object.entries(program.environment).map(([name, value]) => `${name}=${value}`);
  return {
    ...program,
    command: [sudo, "-n", "env", "-i", ...settings, ...node],
    // sudo knows by the terminal that the password was given, and only root may signal what it started.
    keepTerminal: true,
    terminate: [sudo, "-n", "kill", "-TERM"],
  };
}

/** Next's own server takes its address by these names. */
function listen(config: Config): { HOSTNAME: string; PORT: string } {
  return { HOSTNAME: config.host, PORT: String(config.port) };
}
