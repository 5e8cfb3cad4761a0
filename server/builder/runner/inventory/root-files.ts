import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";

export interface RootFile {
  /** From the root, without a leading slash. */
  path: string;
  bytes: number;
  /** The beginning of a file's SHA-256, `> ` and where a link leads to, or the letter of another kind. */
  content: string;
  /** When it was last written, in seconds. */
  written: number;
}

/** What is in the tree while it is built, and not in the image. */
const LEFT_OUT = ["./proc", "./sys", "./dev", "./run", "./tmp", "./image", "./var/cache/kiwi"];
const skipped = ["-xdev", ...LEFT_OUT.flatMap((path) => ["-path", path, "-prune", "-o"])];

/** Hexadecimal digits of a digest that are kept: enough to tell the files of one image from each other. */
const KEPT_DIGITS = 16;

/** Everything in a root tree but folders. Of a file with several names only the first one found has its bytes. */
export async function listRootFiles(root: string): Promise<RootFile[]> {
  const format = ["-not", "-type", "d", "-printf", "%P\\t%y\\t%s\\t%n\\t%i\\t%Ts\\0%l\\0"];
  // `find` reads a big tree in a fraction of the time that Node takes for as many questions.
  const [{ stdout }, digests] = await Promise.all([
    promisify(execFile)("find", [".", ...skipped, ...format], { cwd: root, maxBuffer: 1024 * 1024 * 1024 }),
    digestsBelow(root),
  ]);
  const seen = new Set<string>();
  const entries = stdout.split("\0");
  const files: RootFile[] = [];
  for (let at = 0; at + 1 < entries.length; at += 2) {
    // A path may hold tabs, so the numbers are taken from behind.
    const match = /^(.+)\t(.)\t(\d+)\t(\d+)\t(\d+)\t(-?\d+)$/s.exec(entries[at] ?? "");
    if (!match) continue;
    const [, path = "", kind = "", size, names, inode = "", written] = match;
    const counted = names === "1" || !seen.has(inode);
    seen.add(inode);
    const content = kind === "l" ? `> ${entries[at + 1]}` : (digests.get(path) ?? kind);
    files.push({ path, bytes: counted ? Number(size) : 0, content, written: Number(written) });
  }
  return files;
}

/** The digest of each regular file, by its path. */
async function digestsBelow(root: string): Promise<Map<string, string>> {
  const find = spawn("find", [".", ...skipped, "-type", "f", "-print0"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const options = ["--null", "--no-run-if-empty", "sha256sum", "--zero", "--"];
  const sums = spawn("xargs", options, { cwd: root, stdio: [find.stdout, "pipe", "inherit"] });
  find.stdout.destroy();
  const chunks: Buffer[] = [];
  sums.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(sums, "close");
  const digests = new Map<string, string>();
  for (const entry of Buffer.concat(chunks).toString("utf8").split("\0")) {
    // The digest, two blanks, and the path behind "./".
    if (entry !== "") digests.set(entry.slice(68), entry.slice(0, KEPT_DIGITS));
  }
  return digests;
}
