import { crc32, createInflateRaw } from "node:zlib";
import { decodeName, type IncomingEntry, refusal } from "./entry.ts";

const END = 0x06054b50;
const LISTED = 0x02014b50;
const LOCAL = 0x04034b50;
/** Systems, as an entry names the one that it was made on, whose upper attributes are a Unix mode. */
const unixSystems = new Set([3, 19]);
const MOST_OF_A_LINK = 4096;

/**
 * The entries of a zip archive, as its directory lists them. Throws WorkspaceError for one that is damaged, encrypted or
 * packed in a way that is not understood, and for what is neither file, folder nor symbolic link.
 */
export async function* readZip(archive: Buffer): AsyncGenerator<IncomingEntry> {
  let at = directoryOf(archive);
  for (let left = at.count; left > 0; left--) {
    const entry = listed(archive, at.offset);
    at = { ...at, offset: entry.next };
    const type = entry.mode & 0o170000;
    const mode = entry.mode & 0o777;
    if (entry.path.endsWith("/") || type === 0o040000)
      yield { kind: "directory", path: entry.path, mode: mode || 0o755 };
    else if (type === 0o120000)
      yield { kind: "link", path: entry.path, target: decodeName(await whole(unpacked(archive, entry))) };
    else if (type === 0 || type === 0o100000)
      yield { kind: "file", path: entry.path, mode: mode || 0o644, bytes: unpacked(archive, entry) };
    else
      throw refusal(
        `"${entry.path}" is a device, pipe or socket. Only files, folders and symbolic links can be brought in.`,
      );
  }
}

interface Listed {
  path: string;
  name: Buffer;
  mode: number;
  method: number;
  checksum: number;
  packedSize: number;
  size: number;
  /** Where its own header stands. */
  local: number;
  /** Where the next one is listed. */
  next: number;
}

const damaged = () => refusal("The zip archive is damaged or cut off.");

/** Every read outside of the archive means that it is damaged. */
function within<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw damaged();
    throw error;
  }
}

/** Where the list of entries is, which stands at the end, and how many there are. */
function directoryOf(archive: Buffer): { offset: number; count: number } {
  // A comment of up to 64 KiB may follow.
  const first = Math.max(0, archive.length - 22 - 0xffff);
  for (let at = archive.length - 22; at >= first; at--) {
    if (archive.readUInt32LE(at) !== END || at + 22 + archive.readUInt16LE(at + 20) !== archive.length) continue;
    const count = archive.readUInt16LE(at + 10);
    const offset = archive.readUInt32LE(at + 16);
    if (archive.readUInt16LE(at + 4) !== 0) throw refusal("The zip archive is in several parts; send a whole one.");
    if (count === 0xffff || offset === 0xffffffff) throw refusal("The zip archive is too large.");
    return { offset, count };
  }
  throw damaged();
}

function listed(archive: Buffer, at: number): Listed {
  return within(() => {
    if (archive.readUInt32LE(at) !== LISTED) throw damaged();
    const system = archive.readUInt8(at + 5);
    const nameEnd = at + 46 + archive.readUInt16LE(at + 28);
    const name = archive.subarray(at + 46, nameEnd);
    const path = decodeName(name);
    if ((archive.readUInt16LE(at + 8) & 1) !== 0)
      throw refusal(`"${path}" is encrypted; pack it again without a password.`);
    if (path.includes("\\")) throw refusal(`"${path}" has a backslash in its name, which is no separator here.`);
    return {
      path,
      name,
      mode: unixSystems.has(system) ? archive.readUInt16LE(at + 40) : 0,
      method: archive.readUInt16LE(at + 10),
      checksum: archive.readUInt32LE(at + 16),
      packedSize: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      local: archive.readUInt32LE(at + 42),
      next: nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32),
    };
  });
}

async function* unpacked(archive: Buffer, entry: Listed): AsyncGenerator<Uint8Array> {
  const packed = within(() => {
    if (archive.readUInt32LE(entry.local) !== LOCAL) throw damaged();
    const begin = entry.local + 30;
    const nameEnd = begin + archive.readUInt16LE(entry.local + 26);
    // Two names for one file are a trick to get past those who look at one only.
    if (!archive.subarray(begin, nameEnd).equals(entry.name)) throw damaged();
    const data = nameEnd + archive.readUInt16LE(entry.local + 28);
    if (data + entry.packedSize > archive.length) throw damaged();
    return archive.subarray(data, data + entry.packedSize);
  });
  let size = 0;
  let checksum = 0;
  try {
    for await (const part of plain(packed, entry)) {
      size += part.length;
      if (size > entry.size) throw damaged();
      checksum = crc32(part, checksum);
      yield part;
    }
  } catch (error) {
    throw error instanceof Error && "code" in error && String(error.code).startsWith("Z_") ? damaged() : error;
  }
  if (size !== entry.size || checksum !== entry.checksum) throw damaged();
}

function plain(packed: Buffer, { method, path }: Listed): AsyncIterable<Buffer> | Iterable<Buffer> {
  if (method === 0) return [packed];
  if (method !== 8) throw refusal(`"${path}" is packed in a way that is not understood here; pack it again.`);
  const inflate = createInflateRaw();
  inflate.end(packed);
  return inflate;
}

async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of bytes) {
    size += part.length;
    if (size > MOST_OF_A_LINK) throw damaged();
    parts.push(part);
  }
  return Buffer.concat(parts);
}
