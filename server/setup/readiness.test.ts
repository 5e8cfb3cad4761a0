import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkPort, PortProblem, waitForListener } from "./readiness.ts";

let server: Server;
let port: number;

beforeEach(async () => {
  server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  port = address.port;
});

afterEach(() => void server.close());

test("a taken port is named, with the setting that chooses another", async () => {
  await expect(checkPort("127.0.0.1", port)).rejects.toThrow(PortProblem);
  await expect(checkPort("127.0.0.1", port)).rejects.toThrow(`${port}`);
  await expect(checkPort("127.0.0.1", port)).rejects.toThrow("KIWI_WORKBENCH_PORT");
});

test("an address of another machine is refused by name", async () => {
  await expect(checkPort("192.0.2.1", 8374)).rejects.toThrow("KIWI_WORKBENCH_HOST");
});

test("a free port stays free after the look", async () => {
  server.close();
  await once(server, "close");
  await checkPort("127.0.0.1", port);
  await checkPort("127.0.0.1", port);
});

test("waiting ends when somebody listens, and also when nobody does", async () => {
  expect(await waitForListener({ host: "127.0.0.1", port }, 5)).toBe(true);
  expect(await waitForListener({ path: "/nowhere/socket" }, 0.2)).toBe(false);
});
