import { existsSync } from "node:fs";
import { chmod, chown, mkdir, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import { buildIdSchema } from "#lib/contracts/build.ts";
import type { Config } from "#server/platform/config.ts";
import type { Logger } from "#server/platform/logger.ts";
import { webUser } from "#server/platform/users.ts";
import { attemptFolder } from "../builds-folder.ts";
import type { Drives } from "../drive/drive.ts";
import type { LogDesk } from "../log/desk.ts";
import type { PackageDesk } from "../packages/package-desk.ts";
import { builderRouter } from "../router.ts";
import type { Builder } from "../service.ts";
import { sendConsole, sendScreen } from "./drive-routes.ts";
import { sendImageFile } from "./image-file-route.ts";
import { sendInventory } from "./inventory-route.ts";
import { sendLog } from "./log-route.ts";
import { sendNews } from "./news-route.ts";
import { refuse } from "./respond.ts";
import { sendResult } from "./result-route.ts";

/** Another daemon listens on the socket already. */
export class DoorTakenError extends Error {
  override name = "DoorTakenError";
}

/**
 * Opens the builder's door, HTTP on a Unix socket that only root and the web process' group can reach: tRPC at /trpc,
 * and the bytes of logs and results. Throws DoorTakenError where another daemon has it open.
 */
export async function openDoor(
  config: Config,
  {
    builder,
    logs,
    drives,
    packages,
  }: { builder: Builder; logs: LogDesk; drives: Drives; packages: PackageDesk | null },
  log: Logger,
): Promise<Server> {
  const path = config.paths.builderSocket;
  await mkdir(config.paths.run, { recursive: true, mode: 0o755 });
  if (await answers(path)) throw new DoorTakenError(`Another builder already listens on ${path}.`);
  await rm(path, { force: true });
  const rpc = createHTTPHandler({
    router: builderRouter,
    basePath: "/trpc/",
    createContext: () => ({ builder, logs, drives, packages }),
    onError: ({ path: procedure, error }) => log.error("A question to the builder failed", { procedure, error }),
  });
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/trpc/")) return void rpc(request, response);
    sendBytes({ logs, drives }, request, response).catch((error: unknown) => {
      log.error("Sending bytes failed", { url: request.url, error });
      if (response.headersSent) response.destroy();
      else refuse(response, 500, "The builder could not read that.");
    });
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(path, resolve));
  if (process.getuid?.() === 0) await chown(path, 0, (await webUser(config)).gid);
  await chmod(path, 0o660);
  return server;
}

async function sendBytes(
  { logs, drives }: { logs: LogDesk; drives: Drives },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405, "Only GET and HEAD.");
  const url = new URL(request.url ?? "/", "http://builder");
  const [, collection, id, attempt, kind, name] = url.pathname.split("/").map(decode);
  if (collection !== "builds" || !buildIdSchema.safeParse(id).success || !/^\d{1,6}$/.test(attempt ?? ""))
    return refuse(response, 404, "There is nothing of that name.");
  const dir = attemptFolder(logs.buildsDir, id ?? "", Number(attempt));
  if (!existsSync(dir)) return refuse(response, 404, "This builder does not know that build.");
  if (kind === "results" && name) return sendResult(request, response, dir, name);
  if (kind === "screen") return sendScreen(response, drives, dir);
  if (kind === "console") return sendConsole(response, drives, dir, Number(url.searchParams.get("from") ?? "0"));
  if (kind === "inventory") return sendInventory(response, dir);
  if (kind === "image-file") {
    const [path, size] = [url.searchParams.get("path"), Number(url.searchParams.get("size") ?? Number.NaN)];
    if (!path || !Number.isSafeInteger(size) || size < 0)
      return refuse(response, 404, "There is nothing of that name.");
    return sendImageFile(response, dir, { path, size });
  }
  const from = Number(url.searchParams.get("from") ?? "0");
  const to = Number(url.searchParams.get("to") ?? Number.MAX_SAFE_INTEGER);
  if (![from, to].every((byte) => Number.isSafeInteger(byte) && byte >= 0))
    return refuse(response, 404, "There is nothing of that name.");
  const follow = url.searchParams.get("follow") === "1";
  if (kind === "news") return sendNews(response, logs.library, dir, { from, follow });
  if (kind !== "log") return refuse(response, 404, "There is nothing of that name.");
  return sendLog(response, dir, { from, to, follow });
}

/** A part of a path as its author meant it; a broken escape stands for nothing. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

async function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
