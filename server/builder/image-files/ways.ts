import type { FileHandle } from "node:fs/promises";

/** How files are taken out of an image without mounting it. */
export type Way =
  | { kind: "archive"; packing: string | null }
  | { kind: "container"; packing: string | null }
  | { kind: "squashfs" }
  /** A file system of the ext family, at an offset of the file. */
  | { kind: "ext"; offset: number };

/** The programs that unpack by the first bytes of what they read. */
const packings: readonly [magic: string, option: string][] = [
  ["fd377a585a00", "--xz"],
  ["1f8b", "--gzip"],
  ["425a68", "--bzip2"],
  ["28b52ffd", "--zstd"],
];

const SECTOR = 512;

/** How files can be taken out of a result; null where there is no way. */
export async function wayInto(file: FileHandle, key: string, name: string): Promise<Way | null> {
  const packing = await packingOf(file);
  if (key === "container") return { kind: "container", packing };
  if (key === "root_archive" || /\.tar(?:\.\w+)?$/.test(name)) return { kind: "archive", packing };
  if ((await read(file, 0, 4)).toString("latin1") === "hsqs") return { kind: "squashfs" };
  for (const offset of [0, ...(await partitions(file))]) if (await isExt(file, offset)) return { kind: "ext", offset };
  return null;
}

async function packingOf(file: FileHandle): Promise<string | null> {
  const start = (await read(file, 0, 8)).toString("hex");
  return packings.find(([magic]) => start.startsWith(magic))?.[1] ?? null;
}

async function isExt(file: FileHandle, offset: number): Promise<boolean> {
  return (await read(file, offset + 1080, 2)).toString("hex") === "53ef";
}

/** Where the partitions of a disk begin, the largest first: that of the system. */
async function partitions(file: FileHandle): Promise<number[]> {
  const master = await read(file, 0, SECTOR);
  if (master.length < SECTOR || master.readUInt16LE(510) !== 0xaa55) return [];
  const gpt = await read(file, SECTOR, SECTOR);
  const found = gpt.toString("latin1", 0, 8) === "EFI PART" ? await gptEntries(file, gpt) : mbrEntries(master);
  return found.sort((one, other) => other.sectors - one.sectors).map(({ first }) => first * SECTOR);
}

interface Partition {
  first: number;
  sectors: number;
}

function mbrEntries(master: Buffer): Partition[] {
  return [0, 1, 2, 3].flatMap((index) => {
    const at = 446 + index * 16;
    const [first, sectors] = [master.readUInt32LE(at + 8), master.readUInt32LE(at + 12)];
    return sectors === 0 ? [] : [{ first, sectors }];
  });
}

/** At most the 128 entries that every tool writes. */
async function gptEntries(file: FileHandle, header: Buffer): Promise<Partition[]> {
  const [start, size] = [Number(header.readBigUInt64LE(72)), header.readUInt32LE(84)];
  const count = Math.min(header.readUInt32LE(80), 128);
  if (size < 128 || size > 4096) return [];
  const entries = await read(file, start * SECTOR, count * size);
  return Array.from({ length: count }, (_, index) => index * size).flatMap((at) => {
    if (at + size > entries.length || entries.subarray(at, at + 16).every((byte) => byte === 0)) return [];
    const [first, last] = [Number(entries.readBigUInt64LE(at + 32)), Number(entries.readBigUInt64LE(at + 40))];
    return [{ first, sectors: last - first + 1 }];
  });
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}
