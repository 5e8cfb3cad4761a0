import type { Inventory } from "#lib/contracts/inventory.ts";

/** As many links as a kernel follows. */
const MOST_LINKS = 40;

/**
 * The file that a path of an image leads to, with its size; null where there is none, or nothing is known of what it
 * holds. Links are followed, and never lead out of the image.
 */
export function findFile({ files }: Inventory, wanted: string): { path: string; size: number } | null {
  const byPath = new Map(files.map((file) => [file[0], file]));
  let path = normal(wanted);
  for (let links = 0; links < MOST_LINKS; links++) {
    const file = byPath.get(path);
    if (file === undefined) {
      const through = throughFolderLink(byPath, path);
      if (through === null) return null;
      path = through;
      continue;
    }
    const [, bytes, , content] = file;
    if (content === undefined) return null;
    if (content.startsWith("> ")) path = linkedFrom(path, content.slice(2));
    // Of a file with several names only one has its bytes; the letter of a kind is no content.
    else if (content.length > 1) return { path, size: bytes || Math.max(...sizesOf(files, content)) };
    else return null;
  }
  return null;
}

const sizesOf = (files: Inventory["files"], content: string) =>
  files.flatMap(([, bytes, , other]) => (other === content ? [bytes] : []));

/** The path behind the first of its folders that is a link; null where none is. */
function throughFolderLink(byPath: ReadonlyMap<string, Inventory["files"][number]>, path: string): string | null {
  const parts = path.split("/");
  for (let length = 1; length < parts.length; length++) {
    const folder = parts.slice(0, length).join("/");
    const content = byPath.get(folder)?.[3];
    if (content?.startsWith("> "))
      return normal(`${linkedFrom(folder, content.slice(2))}/${parts.slice(length).join("/")}`);
  }
  return null;
}

function linkedFrom(path: string, target: string): string {
  return normal(target.startsWith("/") ? target : `${path}/../${target}`);
}

/** Without a leading slash, empty parts, `.` and `..`; what leads out of the root stays in it. */
function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
