import { TRPCError } from "@trpc/server";
import type { Problem } from "#lib/contracts/problem.ts";
import type { SnapshotManifest } from "#lib/contracts/snapshot.ts";
import type { ReadText } from "#lib/kiwi/description/editable.ts";
import type { DocumentRequest, Language } from "#lib/kiwi/language/index.ts";

/** A problem together with the file that it stands in. */
export type PlacedProblem = Problem & { file: string };

/** Why a description is not built: what KIWI would refuse, or what a snapshot cannot hold. */
export class FaultyDescription extends Error {
  override name = "FaultyDescription";
  readonly problems: readonly PlacedProblem[];

  constructor(problems: readonly PlacedProblem[]) {
    super(describe(problems));
    this.problems = problems;
  }
}

/** Problems that a message names; the others are counted. */
const NAMED = 5;

/** What is known of the build besides its files. */
export interface WantedBuild extends Required<Pick<DocumentRequest, "choice" | "settings">> {
  /** The wish brings repositories of its own. */
  repositories: boolean;
}

/**
 * Judges the files of a snapshot for a build as the editor judges those on disk. Throws TRPCError, with a
 * FaultyDescription as its cause, where KIWI would refuse them or would miss one of them; warnings stop nothing.
 */
export function judgeSnapshot(
  language: Language,
  manifest: SnapshotManifest,
  read: ReadText,
  build: WantedBuild,
): void {
  const { imageFile } = manifest;
  const { choice, settings } = build;
  const entries = manifest.entries.map(({ kind, path }) => (kind === "directory" ? `${path}/` : path));
  const problems = language
    .validate({ path: imageFile, text: read(imageFile) ?? "", read, mains: [imageFile], entries, choice, settings })
    .filter(({ severity, code }) => severity === "error" || code === "include-outside")
    .filter(({ code }) => !(build.repositories && code === "missing-repository"))
    .map((problem) => ({ ...problem, file: problem.file ?? imageFile }));
  if (problems.length === 0) return;
  const cause = new FaultyDescription(problems);
  throw new TRPCError({ code: "BAD_REQUEST", message: cause.message, cause });
}

function describe(problems: readonly PlacedProblem[]): string {
  const lines = problems.slice(0, NAMED).map(({ file, line, message }) => `${file}, line ${line}: ${message}`);
  const more = problems.length - lines.length;
  return ["The description cannot be built:", ...lines, ...(more === 0 ? [] : [`And ${more} more.`])].join("\n");
}
