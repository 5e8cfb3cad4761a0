import { execFile } from "node:child_process";
import { promisify } from "node:util";

export interface RootFile {
  /** From the root, without a leading slash. */
  path: string;
  bytes: number;
}

/** What is in the tree while it is built, and not in the image. */
const LEFT_OUT = ["./proc", "./sys", "./dev", "./run", "./tmp", "./image", "./var/cache/kiwi"];

/** Everything in a root tree but folders. Of a file with several names only the first one found has its bytes. */
export async function listRootFiles(root: string): Promise<RootFile[]> {
  const skipped = LEFT_OUT.flatMap((path) => ["-path", path, "-prune", "-o"]);
  const format = ["-not", "-type", "d", "-printf", "%P\\t%s\\t%n\\t%i\\0"];
  // `find` reads a big tree in a fraction of the time that Node takes for as many questions.
  const { stdout } = await promisify(execFile)("find", [".", "-xdev", ...skipped, ...format], {
    cwd: root,
    maxBuffer: 1024 * 1024 * 1024,
  });
  const seen = new Set<string>();
  return stdout.split("\0").flatMap((entry) => {
    // A path may hold tabs, so the numbers are taken from behind.
    const match = /^(.+)\t(\d+)\t(\d+)\t(\d+)$/s.exec(entry);
    if (!match) return [];
    const [, path = "", size, names, inode = ""] = match;
    const counted = names === "1" || !seen.has(inode);
    seen.add(inode);
    return [{ path, bytes: counted ? Number(size) : 0 }];
  });
}
