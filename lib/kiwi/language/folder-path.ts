/**
 * A path without `.` and `..`, read from a folder of the description (whose parts are `from`); null where it leads out of
 * the description's folder.
 */
export function folderPath(path: string, from: readonly string[] = []): string | null {
  const parts = [...from];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}
