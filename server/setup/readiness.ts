import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A port that cannot be listened on; its message says what to do. */
export class PortProblem extends Error {
  override name = "PortProblem";
}

/** Throws PortProblem where nobody could listen on this port now. */
export async function checkPort(host: string, port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(new PortProblem(explain(error, host, port))));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()));
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): string {
  const other = "Choose another one with KIWI_WORKBENCH_PORT.";
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${port} on ${host} is taken by another program. ${other}`;
    case "EACCES":
      return `This user may not listen on port ${port}. ${other}`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is not an address of this machine. Set KIWI_WORKBENCH_HOST to one that is.`;
    default:
      return `Port ${port} on ${host} cannot be used: ${error.message}`;
  }
}

/** Waits until something accepts connections there; false when it did not in time. */
export async function waitForListener(
  target: { host: string; port: number } | { path: string },
  seconds: number,
): Promise<boolean> {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    if (await accepts(target)) return true;
    await sleep(100);
  }
  return false;
}

async function accepts(target: { host: string; port: number } | { path: string }): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(target);
    const answer = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
  });
}
