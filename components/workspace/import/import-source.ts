import { importLimits } from "#lib/contracts/import.ts";
import { formatBytes, formatCount } from "../../ui/format.ts";

/** What somebody wants to bring in. */
export type ImportSource =
  | { kind: "archive"; file: File }
  /** Files with their paths; the folder that was chosen is the first part of each. */
  | { kind: "files"; files: readonly { path: string; file: File }[]; leftOut: number };

/** A folder's version control is never sent: it is not imported, and may be very large. */
const isLeftOut = (path: string) => path.split("/").includes(".git");

/** Of a folder that was chosen or dropped. */
export function folderSource(files: readonly { path: string; file: File }[]): ImportSource {
  const kept = files.filter(({ path }) => !isLeftOut(path));
  return { kind: "files", files: kept, leftOut: files.length - kept.length };
}

/** Of the pasted text of an image file, which gets the name that its format asks for. */
export function pastedSource(text: string): ImportSource {
  const path = fileNameOf(text);
  return { kind: "files", files: [{ path, file: new File([text], path) }], leftOut: 0 };
}

/** The name by which a description is found, in the format that a text seems to have. */
export function fileNameOf(text: string): string {
  const start = text.trimStart();
  if (start.startsWith("<")) return "config.xml";
  if (start.startsWith("{") || start.startsWith("//")) return "config.json5";
  return /^\[|^image\.\S+\s*=/.test(start.replace(/^(?:#.*\n\s*)+/, "")) ? "config.toml" : "config.yaml";
}

/** A name for the new folder: that of the archive or of the folder, as far as names of folders go. */
export function suggestedFolder(source: ImportSource): string {
  const name = source.kind === "archive" ? source.file.name : (source.files[0]?.path.split("/")[0] ?? "");
  return name
    .replace(/\.(?:zip|tar|t[gx]z|tzst|tar\.\w+)$/i, "")
    .replace(/\s+/g, "-")
    .replace(/^\.+/, "");
}

/** In a few words: `image.tar.gz, 12 KiB`, `12 files, 40 KiB`. */
export function describeSource(source: ImportSource): string {
  const size = formatBytes(sizeOf(source));
  if (source.kind === "archive") return `${source.file.name}, ${size}`;
  const without = source.leftOut > 0 ? " (without .git)" : "";
  return `${formatCount(source.files.length, "file")}, ${size}${without}`;
}

/** Why it need not be sent at all; null where nothing speaks against it. */
export function refusalOf(source: ImportSource): string | null {
  if (source.kind === "files" && source.files.length === 0) return "The folder holds no files.";
  if (sizeOf(source) > importLimits.upload)
    return `This is ${formatBytes(sizeOf(source))}; at most ${formatBytes(importLimits.upload)} can be sent.`;
  if (source.kind === "files" && source.files.length > importLimits.entries)
    return `The folder holds more than ${importLimits.entries.toLocaleString("en")} files.`;
  return null;
}

function sizeOf(source: ImportSource): number {
  return source.kind === "archive" ? source.file.size : source.files.reduce((sum, { file }) => sum + file.size, 0);
}
