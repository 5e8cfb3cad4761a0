import { decodeName, type IncomingEntry, refusal } from "./entry.ts";

const BLOCK = 512;
/** Of a record that gives a long name. */
const MOST_OF_A_RECORD = 64 * 1024;

/**
 * The entries of a tar archive (ustar, pax and GNU's long names), in its order. A file's bytes are read before the next
 * entry is asked for. Throws WorkspaceError for a damaged archive, and for what is neither file, folder nor symbolic link.
 *
 * @param most bytes that are read; a longer archive is refused
 */
export async function* readTar(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  most: number,
): AsyncGenerator<IncomingEntry> {
  const reader = new ByteReader(source, most);
  try {
    yield* entriesIn(reader);
  } finally {
    await reader.close();
  }
}

async function* entriesIn(reader: ByteReader): AsyncGenerator<IncomingEntry> {
  let next: Partial<Record<"path" | "linkpath" | "size", string>> = {};
  for (;;) {
    const header = await reader.take(BLOCK);
    if (header.every((byte) => byte === 0)) return await reader.drain();
    checkSum(header);
    const own = ownName(header);
    const type = String.fromCharCode(header[156] ?? 0);
    const size = next.size === undefined ? numberAt(header, 124, 12) : Number(next.size);
    if (!Number.isSafeInteger(size) || size < 0) throw damaged();
    if (type === "x" || type === "L" || type === "K" || type === "g") {
      if (size > MOST_OF_A_RECORD) throw damaged();
      const record = await reader.take(size);
      await reader.take(padding(size));
      if (type === "x") next = { ...next, ...paxRecords(record) };
      if (type === "L") next.path = textOf(record);
      if (type === "K") next.linkpath = textOf(record);
      continue;
    }
    const path = next.path ?? own;
    const mode = numberAt(header, 100, 8) & 0o777;
    const target = next.linkpath ?? textOf(header.subarray(157, 257));
    next = {};
    if (type === "5") yield { kind: "directory", path, mode };
    else if (type === "2") yield { kind: "link", path, target };
    else if (type === "0" || type === "\0" || type === "7") {
      // Archives older than POSIX mark folders by the slash only.
      if (path.endsWith("/")) yield { kind: "directory", path, mode };
      else {
        const file = reader.stream(size);
        yield { kind: "file", path, mode, bytes: file };
        // Whoever did not want it has not read it; a stream that was read, or left, gives nothing more.
        for await (const _ of file);
        await reader.take(padding(size));
        continue;
      }
    } else throw refusal(`"${path}" is ${whatIs(type)}. Only files, folders and symbolic links can be brought in.`);
    await reader.skip(size + padding(size));
  }
}

function whatIs(type: string): string {
  switch (type) {
    case "1":
      return "a hard link";
    case "3":
    case "4":
      return "a device";
    case "6":
      return "a pipe";
    default:
      return "of a kind that is not known here";
  }
}

const padding = (size: number) => (BLOCK - (size % BLOCK)) % BLOCK;

const damaged = () => refusal("The archive is damaged, or it is no tar archive.");

function checkSum(header: Buffer): void {
  // The sum's own field counts as blanks.
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (numberAt(header, 148, 8) !== sum) throw damaged();
}

/** Octal digits, or, for what they cannot hold, GNU's binary form. */
function numberAt(header: Buffer, at: number, length: number): number {
  if (((header[at] ?? 0) & 0x80) !== 0) return Number(header.subarray(at, at + length).readBigUInt64BE(length - 8));
  const digits = header
    .toString("latin1", at, at + length)
    .replace(/\0.*$/s, "")
    .trim();
  if (!/^[0-7]*$/.test(digits)) throw damaged();
  return Number.parseInt(digits || "0", 8);
}

function ownName(header: Buffer): string {
  const name = textOf(header.subarray(0, 100));
  // GNU keeps other things where POSIX has the first part of a long name.
  const isPosix = header.toString("latin1", 257, 263) === "ustar\0";
  const prefix = isPosix ? textOf(header.subarray(345, 500)) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return decodeName(end < 0 ? bytes : bytes.subarray(0, end));
}

/** Records of the form `length key=value` and a line feed. */
function paxRecords(bytes: Buffer): Partial<Record<"path" | "linkpath" | "size", string>> {
  const found: Partial<Record<"path" | "linkpath" | "size", string>> = {};
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(32, at);
    const length = Number(bytes.toString("latin1", at, blank));
    if (blank < 0 || !Number.isSafeInteger(length) || length <= blank - at + 1 || at + length > bytes.length)
      throw damaged();
    const record = decodeName(bytes.subarray(blank + 1, at + length - 1));
    const cut = record.indexOf("=");
    const [key, value] = [record.slice(0, cut), record.slice(cut + 1)];
    if (key.startsWith("GNU.sparse.")) throw refusal("The archive holds a sparse file; pack it without --sparse.");
    if (key === "path" || key === "linkpath" || key === "size") found[key] = value;
    at += length;
  }
  return found;
}

/** Hands out bytes in the pieces that are asked for. */
class ByteReader {
  readonly #source: AsyncGenerator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, most: number) {
    this.#source = upTo(source, most);
  }

  async take(size: number): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    for await (const part of this.stream(size)) parts.push(part);
    return Buffer.concat(parts);
  }

  async skip(size: number): Promise<void> {
    for await (const _ of this.stream(size));
  }

  async *stream(size: number): AsyncGenerator<Uint8Array> {
    let missing = size;
    while (missing > 0) {
      if (this.#rest.length === 0 && !(await this.#more())) throw refusal("The archive ends in the middle.");
      const part = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(part.length);
      missing -= part.length;
      yield part;
    }
  }

  /** Reads on to the end, so that a checksum there is looked at. */
  async drain(): Promise<void> {
    while (await this.#more());
  }

  /** Ends whatever gives the bytes. */
  async close(): Promise<void> {
    await this.#source.return(undefined);
  }

  async #more(): Promise<boolean> {
    const { value, done } = await this.#source.next();
    if (done) return false;
    this.#rest = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return true;
  }
}

async function* upTo(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  most: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const part of source) {
    bytes += part.length;
    if (bytes > most) throw refusal("The archive is too large when it is unpacked.");
    yield part;
  }
}
