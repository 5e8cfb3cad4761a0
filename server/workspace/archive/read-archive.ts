import { spawn } from "node:child_process";
import { once } from "node:events";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { childEnvironment } from "#server/platform/child-environment.ts";
import { type IncomingEntry, refusal } from "./entry.ts";
import { readTar } from "./read-tar.ts";
import { readZip } from "./read-zip.ts";

/** What xz may take, in MiB: its strongest setting needs 65. */
const XZ_MEMORY = 128;

/**
 * The entries of an archive, whatever it is called: zip, tar, and tar packed by gzip, zstd or xz, the last where the
 * machine has the program. Throws WorkspaceError for everything else.
 *
 * @param most bytes of a tar archive that is packed
 */
export function readArchive(archive: Buffer, searchPath: string, most: number): AsyncGenerator<IncomingEntry> {
  const begins = (...bytes: number[]) => bytes.every((byte, at) => archive[at] === byte);
  if (begins(0x50, 0x4b, 3, 4) || begins(0x50, 0x4b, 5, 6)) return readZip(archive);
  if (begins(0x1f, 0x8b)) return readTar(through(createGunzip(), archive), most);
  if (begins(0x28, 0xb5, 0x2f, 0xfd)) return readTar(through(createZstdDecompress(), archive), most);
  if (begins(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0)) return readTar(throughXz(archive, searchPath), most);
  if (archive.length >= 512 && archive.toString("latin1", 257, 262) === "ustar") return readTar([archive], most);
  throw refusal("This is no archive that is understood here: send a .tar, .tar.gz, .tar.xz, .tar.zst or .zip file.");
}

async function* through(
  stream: ReturnType<typeof createGunzip> | ReturnType<typeof createZstdDecompress>,
  archive: Buffer,
): AsyncGenerator<Uint8Array> {
  stream.end(archive);
  try {
    yield* stream;
  } catch (error) {
    // The errors of zlib and zstd have codes of their own.
    if (error instanceof Error && "code" in error) throw refusal("The archive is damaged or cut off.");
    throw error;
  }
}

async function* throughXz(archive: Buffer, searchPath: string): AsyncGenerator<Uint8Array> {
  const program = spawn("xz", ["--decompress", "--stdout", `--memlimit-decompress=${XZ_MEMORY}MiB`], {
    env: childEnvironment({ PATH: searchPath, LC_ALL: "C.UTF-8" }),
    cwd: "/",
    stdio: ["pipe", "pipe", "ignore"],
  });
  const end = once(program, "close").catch(() => ["absent"]);
  // A program that has said no reads nothing more.
  program.stdin.on("error", () => undefined);
  program.stdin.end(archive);
  try {
    yield* program.stdout;
    const [code] = await end;
    if (code === "absent") throw refusal("This machine has no xz to unpack it with; send a .tar.gz or .zip file.");
    if (code !== 0) throw refusal("The archive is damaged or cut off.");
  } finally {
    program.kill();
  }
}
