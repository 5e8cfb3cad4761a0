import {
  IconFile,
  IconFileCode,
  IconFileZip,
  IconFolder,
  IconFolderOpen,
  IconLink,
  IconTerminal2,
} from "@tabler/icons-react";
import type { FileEntry } from "#lib/contracts/description.ts";

const description = /\.(?:xml|kiwi|ya?ml|json|toml)$/i;
const archive = /\.(?:tar|tgz|tbz|txz|zip|gz|xz|bz2|zst|rpm|deb)$/i;

export const isArchive = (path: string) => archive.test(path);

/** What a tree entry is, as a picture and in a word for those who do not see it. */
export function fileKind(entry: FileEntry, expanded: boolean | undefined) {
  if (entry.kind === "directory") return { Icon: expanded ? IconFolderOpen : IconFolder, word: "folder" };
  if (entry.kind === "link") return { Icon: IconLink, word: `link to ${entry.target ?? "?"}` };
  if (isArchive(entry.path)) return { Icon: IconFileZip, word: "archive" };
  if (entry.path.endsWith(".sh") || (entry.mode & 0o111) !== 0) return { Icon: IconTerminal2, word: "script" };
  return { Icon: description.test(entry.path) ? IconFileCode : IconFile, word: "file" };
}
