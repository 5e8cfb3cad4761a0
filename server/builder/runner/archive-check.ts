import { execFile } from "node:child_process";
import { basename } from "node:path";
import { promisify } from "node:util";
import { isSafeOverlayName, SAFE_OVERLAY_NAMES } from "#lib/kiwi/overlay-name.ts";
import { BUILD_PATH } from "#server/kiwi/index.ts";
import { childEnvironment } from "#server/platform/child-environment.ts";

const ARCHIVE = /\.(?:tar(?:\.\w+)?|tgz|txz|tbz2?|tzst)$/;

export const isArchive = (path: string): boolean => ARCHIVE.test(path);

/** One entry as tar lists it: the letter of its kind, and its name with what it links to. */
type Entry = { kind: string; name: string; link: string | null };

/**
 * Why KIWI must not unpack an archive, in words; null where nothing speaks against it. Devices and pipes, names that lead
 * out of the folder and entries that lie behind a link are refused; so are, for an archive that is unpacked at the root
 * of the tree, names there that KIWI would pass to a shell.
 */
export async function findArchiveObstacle(path: string, atRoot: boolean): Promise<string | null> {
  const archive = `The archive "${basename(path)}"`;
  let entries: Entry[];
  try {
    entries = await listArchive(path);
  } catch {
    return `${archive} cannot be read: tar finds it damaged or does not know how it is packed.`;
  }
  const links = new Set(entries.filter(({ kind }) => kind === "l").map(({ name }) => trim(name)));
  for (const { kind, name, link } of entries) {
    const words = `${archive} holds ${JSON.stringify(name)}`;
    if (!"-dlh".includes(kind)) return `${words}, which is a device, a pipe or a socket.`;
    if (leadsOut(name) || (kind === "h" && link !== null && leadsOut(link)))
      return `${words}, which leads out of the folder that it is unpacked in.`;
    const parts = trim(name).split("/");
    if (parts.some((_, index) => index > 0 && links.has(parts.slice(0, index).join("/"))))
      return `${words}, which lies behind a link of the same archive.`;
    const top = parts[0] ?? "";
    if (atRoot && top !== "" && top !== "." && !isSafeOverlayName(top))
      return `${words} at its top level. KIWI would pass this name to a shell; ${SAFE_OVERLAY_NAMES}.`;
  }
  return null;
}

/** The names in an archive, without `./` in front; throws where it is damaged. */
export async function namesInArchive(path: string): Promise<Set<string>> {
  return new Set((await listArchive(path)).map(({ name }) => trim(name)));
}

const listed = /^(.)\S* +\S+ +\S+ +(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?)( .*)$/;

async function listArchive(path: string): Promise<Entry[]> {
  const options = [
    "--list",
    "--verbose",
    "--absolute-names",
    "--numeric-owner",
    "--full-time",
    "--quoting-style=escape",
  ];
  const { stdout } = await promisify(execFile)("tar", [...options, "--file", path], {
    maxBuffer: 2 ** 30,
    env: childEnvironment({ PATH: BUILD_PATH, LC_ALL: "C" }),
  });
  let width = 0;
  return stdout.split("\n").flatMap((line) => {
    // crw-r--r-- 0/0 1,3 2026-01-31 10:00:00.12 dev/null; blanks fill a time up to the longest one before it.
    const [, kind = "", time = "", filled = ""] = listed.exec(line) ?? [];
    if (kind === "") return [];
    width = Math.max(width, time.length);
    const rest = filled.slice(width - time.length + 1);
    const [name = "", link] = kind === "l" ? rest.split(" -> ") : kind === "h" ? rest.split(" link to ") : [rest];
    return [{ kind, name: unescape(name), link: link === undefined ? null : unescape(link) }];
  });
}

function leadsOut(name: string): boolean {
  return name.startsWith("/") || name.split("/").includes("..");
}

function trim(name: string): string {
  return name.replace(/^(?:\.\/)+/, "").replace(/\/+$/, "");
}

/** tar writes unusual characters as C does. */
function unescape(name: string): string {
  const letters: Record<string, string> = { n: "\n", t: "\t", r: "\r", a: "\x07", b: "\b", f: "\f", v: "\v" };
  if (!name.includes("\\")) return name;
  const bytes = name.replace(/\\(?:([0-7]{3})|(.))/g, (_, octal: string | undefined, letter: string) =>
    octal === undefined ? (letters[letter] ?? letter) : String.fromCharCode(Number.parseInt(octal, 8)),
  );
  return Buffer.from(bytes, "latin1").toString("utf8");
}
