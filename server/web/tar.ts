/** What a tar archive says of an entry before its bytes. */
export interface TarEntry {
  path: string;
  size: number;
  /** Permission bits. */
  mode: number;
  /** Seconds since 1970. */
  written: number;
  kind?: "file" | "directory" | "link";
  /** Where a link leads to. */
  target?: string;
}

const BLOCK = 512;
const encoder = new TextEncoder();

/** The blocks before an entry's bytes (POSIX pax; plain ustar where names are short and plain). */
export function tarHeader(entry: TarEntry): Uint8Array {
  const kind = { file: "0", directory: "5", link: "2" }[entry.kind ?? "file"];
  const records = [
    ...(fits(entry.path) ? [] : [paxRecord("path", entry.path)]),
    ...(fits(entry.target ?? "") ? [] : [paxRecord("linkpath", entry.target ?? "")]),
    // Eleven octal digits: 8 GiB.
    ...(entry.size < 8 ** 11 ? [] : [paxRecord("size", String(entry.size))]),
  ];
  const own = block({ ...entry, size: entry.size < 8 ** 11 ? entry.size : 0 }, kind);
  if (records.length === 0) return own;
  const pax = encoder.encode(records.join(""));
  const head = block({ ...entry, path: "pax", target: "", size: pax.length, mode: 0o644 }, "x");
  return joined([head, pax, tarPadding(pax.length), own]);
}

/** What follows an entry's bytes up to the next block. */
export function tarPadding(size: number): Uint8Array {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
}

/** What ends an archive. */
export const tarEnd = new Uint8Array(2 * BLOCK);

const fits = (text: string) => encoder.encode(text).length <= 100;

/** A record names its own length. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = encoder.encode(rest).length;
  let length = bytes + String(bytes).length;
  if (bytes + String(length).length > length) length++;
  return `${length}${rest}`;
}

function block({ path, size, mode, written, target = "" }: TarEntry, kind: string): Uint8Array {
  const bytes = new Uint8Array(BLOCK);
  const put = (at: number, text: string, most: number) => bytes.set(encoder.encode(text).subarray(0, most), at);
  const octal = (at: number, value: number, digits: number) => put(at, value.toString(8).padStart(digits, "0"), digits);
  put(0, path, 100);
  octal(100, mode, 7);
  octal(108, 0, 7);
  octal(116, 0, 7);
  octal(124, size, 11);
  octal(136, written, 11);
  put(148, "        ", 8);
  put(156, kind, 1);
  put(157, target, 100);
  put(257, "ustar\u000000", 8);
  octal(
    148,
    bytes.reduce((sum, byte) => sum + byte, 0),
    6,
  );
  bytes[154] = 0;
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
