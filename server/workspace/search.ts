import type { Finding } from "#lib/contracts/finding.ts";
import { findDescriptions } from "./discovery.ts";
import { readSources } from "./file-tree.ts";
import { inFolder, splitId } from "./image-file.ts";

/** One file must not hide all others. */
const MOST_IN_A_FILE = 5;
const LONGEST_LINE = 200;

/**
 * The lines of all descriptions, their fragments and scripts that hold every one of the words, in any case; at most
 * `most`, those of the description `near` first. A file that several descriptions share is found once.
 */
export async function searchDescriptions(
  workspace: string,
  words: string,
  most: number,
  near?: string,
): Promise<Finding[]> {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const findings: Finding[] = [];
  // Descriptions may lie in folders of other descriptions.
  const seen = new Set<string>();
  for (const [folder, ids] of foldersOf((await findDescriptions(workspace)).descriptions, near)) {
    // A folder may go while it is looked through.
    for (const { path, text } of await readSources(workspace, folder).catch(() => [])) {
      const place = inFolder(folder, path);
      if (seen.has(place)) continue;
      seen.add(place);
      const description = ids.find((id) => splitId(id).file === path) ?? ids[0] ?? "";
      for (const { line, text: found } of linesWith(text, wanted)) {
        if (findings.length >= most) return findings;
        findings.push({ description, file: path, line, text: found });
      }
    }
  }
  return findings;
}

/** The folder of `near`, then folders inside others before these: a file belongs to the nearest description. */
function foldersOf(descriptions: readonly { id: string }[], near?: string): [string, string[]][] {
  const folders = new Map<string, string[]>();
  for (const { id } of descriptions) {
    const { folder } = splitId(id);
    folders.set(folder, [...(folders.get(folder) ?? []), id]);
  }
  const first = near === undefined ? undefined : splitId(near).folder;
  return [...folders].sort(
    ([one], [other]) => Number(other === first) - Number(one === first) || other.length - one.length,
  );
}

function linesWith(text: string, words: readonly string[]): { line: number; text: string }[] {
  const lower = text.toLowerCase();
  // Most files hold none of it.
  if (!words.every((word) => lower.includes(word))) return [];
  const lines = text.split("\n");
  return lines
    .flatMap((line, index) =>
      words.every((word) => line.toLowerCase().includes(word))
        ? [{ line: index + 1, text: line.trim().slice(0, LONGEST_LINE) }]
        : [],
    )
    .slice(0, MOST_IN_A_FILE);
}
