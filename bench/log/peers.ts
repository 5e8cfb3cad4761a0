import { execFileSync } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tabMemory } from "./opening.ts";
import type { LogStage } from "./stage.ts";

export interface Peer {
  name: string;
  /** Null where no line was on the screen after the time limit, or the tab had died. */
  openMs: number | null;
  tabMB: number | null;
  note: string | null;
}

const name = "@melloware/react-logviewer";
const version = "6.5.5";
/** Seconds that a viewer has. */
const patience = 120;

const page = `
import React from "react";
import { createRoot } from "react-dom/client";
import { LazyLog } from "${name}";
createRoot(document.getElementById("root")).render(
  React.createElement("div", { style: { height: "100vh" } }, React.createElement(LazyLog, { url: "/log", stream: true, extraLines: 1 })),
);`;

/** The same log in a viewer that others use, installed for this into a folder that goes again. */
export async function measurePeers(stage: LogStage, file: string): Promise<Peer[]> {
  const dir = await mkdtemp(join(tmpdir(), "log-peers-"));
  try {
    await writeFile(join(dir, "package.json"), "{}");
    const packages = [`${name}@${version}`, "react@19", "react-dom@19", "esbuild@0"];
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--legacy-peer-deps", ...packages], {
      cwd: dir,
      stdio: "ignore",
    });
    await writeFile(join(dir, "page.js"), page);
    const options = [
      "page.js",
      "--bundle",
      "--outfile=bundle.js",
      "--loader:.css=empty",
      '--define:process.env.NODE_ENV="production"',
    ];
    execFileSync("node_modules/.bin/esbuild", options, { cwd: dir, stdio: "ignore" });
    return [await open(stage, file, await readFile(join(dir, "bundle.js")))];
  } catch (error) {
    return [{ name, openMs: null, tabMB: null, note: `could not be installed: ${String(error).slice(0, 200)}` }];
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function open(stage: LogStage, file: string, bundle: Buffer): Promise<Peer> {
  const { size } = await stat(file);
  const server = createServer((request, response) => {
    if (request.url === "/log") {
      response.writeHead(200, { "content-type": "text/plain", "content-length": size });
      createReadStream(file).pipe(response);
    } else if (request.url === "/bundle.js") response.end(bundle);
    else response.setHeader("content-type", "text/html").end('<div id="root"></div><script src="/bundle.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const tab = await stage.context.newPage();
  let died = false;
  tab.on("crash", () => (died = true));
  const start = performance.now();
  try {
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { waitUntil: "commit" });
    await tab
      .getByText(/Calling step-\d+|Unpacking library|plain output/)
      .first()
      .waitFor({ timeout: patience * 1000 });
    const openMs = performance.now() - start;
    // Until it has taken the log, or the time is over.
    await tab.waitForLoadState("networkidle", { timeout: patience * 1000 }).catch(() => undefined);
    return { name, openMs, tabMB: died ? null : await tabMemory(tab), note: died ? "the tab died" : null };
  } catch {
    const tabMB = died ? null : await tabMemory(tab).catch(() => null);
    return { name, openMs: null, tabMB, note: died ? "the tab died" : `nothing on the screen after ${patience} s` };
  } finally {
    server.closeAllConnections();
    server.close();
    await tab.close({ runBeforeUnload: false }).catch(() => undefined);
  }
}
