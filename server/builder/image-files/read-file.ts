import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { Readable } from "node:stream";
import { BUILD_PATH } from "#server/kiwi/index.ts";
import { childEnvironment } from "#server/platform/child-environment.ts";
import type { Way } from "./ways.ts";

/** What an image is made of is not trusted: whatever reads it has no rights, and a time limit. */
const APART = [
  "setpriv",
  "--reuid=65534",
  "--regid=65534",
  "--clear-groups",
  "--no-new-privs",
  "--pdeathsig=KILL",
  "--",
];
/** In seconds. */
const PATIENCE = 120;
/** The lists inside of a container archive are short. */
const LONGEST_LIST = 1024 * 1024;

/** The bytes of a file that is being taken out of an image. They end early where it is not there. */
export interface TakenFile {
  bytes: Readable;
  /** Ends whatever still reads. */
  stop(): void;
}

/** Takes one file out of an image, `path` being from its root. */
export async function takeFile(image: FileHandle, way: Way, path: string): Promise<TakenFile> {
  switch (way.kind) {
    case "archive":
      return reading(run(tar(way.packing, path), image.fd));
    case "squashfs":
      return reading(run(["unsquashfs", "-no-wildcards", "-cat", "/proc/self/fd/0", path], image.fd));
    case "ext":
      return reading(run(["debugfs", "-R", `cat "/${path}"`, `/proc/self/fd/0?offset=${way.offset}`], image.fd));
    case "container":
      return await fromLayers(image, way.packing, path);
  }
}

/** Whether a path can be named to the programs that read images. */
export const canBeNamed = (path: string): boolean => !/["\n\r\0]/.test(path);

/** Archives name their members with or without `./`. */
function tar(packing: string | null, path: string): string[] {
  const names = [path, `./${path}`];
  return ["tar", "--extract", "--to-stdout", "--file=-", ...(packing === null ? [] : [packing]), "--", ...names];
}

/** In a container's archive the root tree is in layers; what a later one has stands for the earlier ones'. */
async function fromLayers(image: FileHandle, packing: string | null, path: string): Promise<TakenFile> {
  const layers = await layersOf(async (name) => await text(reading(run(tar(packing, name), image.fd))));
  for (const layer of layers.reverse()) {
    const outer = run(tar(packing, layer), image.fd);
    const inner = run(["tar", "--extract", "--to-stdout", "--file=-", "--", path, `./${path}`], "pipe");
    // The layer itself may be packed: gzip passes on what is not.
    const plain = run(["gzip", "--decompress", "--force", "--stdout"], "pipe");
    connect(outer, plain);
    connect(plain, inner);
    const taken = reading(inner, [outer, plain]);
    const first = await Promise.race([once(taken.bytes, "readable"), once(taken.bytes, "end")]);
    if (first !== undefined && taken.bytes.readableLength > 0) return taken;
    taken.stop();
  }
  return reading(run(["true"], image.fd));
}

/** The names of the layers, the lowest first: of an archive of docker, else of one in the layout of OCI. */
async function layersOf(member: (name: string) => Promise<string>): Promise<string[]> {
  const blob = (digest: unknown) => `blobs/${String(digest).replace(":", "/")}`;
  const docker = await member("manifest.json");
  if (docker !== "") return (JSON.parse(docker) as { Layers: string[] }[])[0]?.Layers ?? [];
  const index = JSON.parse(await member("index.json")) as { manifests: { digest: string }[] };
  const manifest = await member(blob(index.manifests[0]?.digest));
  return (JSON.parse(manifest) as { layers: { digest: string }[] }).layers.map(({ digest }) => blob(digest));
}

function run(command: readonly string[], input: number | "pipe"): ChildProcess {
  const [program = "", ...args] = [...APART, ...command];
  // Opened anew, each reads from the start.
  const own = input === "pipe" ? input : openSync(`/proc/self/fd/${input}`, "r");
  try {
    const env = childEnvironment({ PATH: BUILD_PATH, LC_ALL: "C" });
    return spawn(program, args, { stdio: [own, "pipe", "ignore"], env, cwd: "/" });
  } finally {
    if (own !== "pipe") closeSync(own);
  }
}

function connect(from: ChildProcess, to: ChildProcess): void {
  if (!from.stdout || !to.stdin) throw new Error("a program has no output or input");
  // Who has found what it looks for reads no further.
  to.stdin.on("error", () => from.kill("SIGKILL"));
  from.stdout.on("error", () => undefined);
  from.stdout.pipe(to.stdin);
}

function reading(child: ChildProcess, others: readonly ChildProcess[] = []): TakenFile {
  const stop = () => {
    for (const one of [child, ...others]) one.kill("SIGKILL");
  };
  if (!child.stdout) throw new Error("a program has no output");
  for (const one of [child, ...others]) one.on("error", stop);
  const timer = setTimeout(stop, PATIENCE * 1000);
  child.once("close", () => clearTimeout(timer));
  return { bytes: child.stdout, stop };
}

async function text({ bytes, stop }: TakenFile): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LONGEST_LIST) break;
    chunks.push(chunk);
  }
  stop();
  return Buffer.concat(chunks).toString("utf8");
}
