import { folderSource, type ImportSource } from "./import-source.ts";

/**
 * What was dropped: one archive, or files and folders with all that is in them. Null where it was neither.
 * Has to be called while the event is handled; the browser forgets afterwards.
 */
export async function droppedSource(data: DataTransfer): Promise<ImportSource | null> {
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const [first, ...others] = entries;
  if (!first) return null;
  if (isFile(first) && others.length === 0) return { kind: "archive", file: await fileOf(first) };
  return folderSource((await Promise.all(entries.map(filesIn))).flat());
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

async function filesIn(entry: FileSystemEntry): Promise<{ path: string; file: File }[]> {
  if (isFile(entry)) return [{ path: entry.fullPath.replace(/^\//, ""), file: await fileOf(entry) }];
  if (!isFolder(entry)) return [];
  const files: { path: string; file: File }[] = [];
  const reader = entry.createReader();
  // It tells a hundred entries at a time, and none when it has told all.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return files;
    for (const one of some) files.push(...(await filesIn(one)));
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
