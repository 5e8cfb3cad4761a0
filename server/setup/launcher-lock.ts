import { createHash } from "node:crypto";
import { connect, createServer } from "node:net";

/** Another launcher already serves this data folder. */
export class AlreadyRunning extends Error {
  override name = "AlreadyRunning";
  readonly address: string;

  constructor(address: string) {
    super(`KIWI Workbench already runs for this data folder, at ${address}`);
    this.address = address;
  }
}

/**
 * Makes sure that one launcher at a time serves a data folder. The lock is a socket in Linux' abstract name space: the
 * kernel gives a name to one process only and takes it back when that process ends, however it ends. Whoever comes
 * second is told the first one's address. Throws AlreadyRunning.
 */
export async function lockDataFolder(dataDir: string, address: string): Promise<{ release(): void }> {
  const name = `\0kiwi-workbench-${createHash("sha256").update(dataDir).digest("hex").slice(0, 32)}`;
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.end(address);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") reject(error);
      else askOwner(name).then((owner) => reject(new AlreadyRunning(owner)), reject);
    });
    server.listen(name, resolve);
  });
  server.unref();
  return { release: () => void server.close() };
}

async function askOwner(name: string): Promise<string> {
  const socket = connect(name).setEncoding("utf8");
  let answer = "";
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}
