import type { GitChange, GitStatus } from "#lib/contracts/git.ts";
import { formatCount } from "../../ui/format.ts";

/** One letter for each kind of change, as git itself writes them, and what it stands for. */
export const changeWords: Record<GitChange["state"], { letter: string; word: string }> = {
  modified: { letter: "M", word: "changed since the last commit" },
  new: { letter: "A", word: "not in the last commit" },
  deleted: { letter: "D", word: "deleted since the last commit" },
  conflict: { letter: "!", word: "in conflict" },
};

/** How the branch stands to the one that it follows, in a few words. */
export function distance({ upstream, ahead, behind }: GitStatus): string {
  if (upstream === null) return "follows no remote branch";
  const parts = [
    ...(ahead > 0 ? [`${formatCount(ahead, "commit")} ahead of`] : []),
    ...(behind > 0 ? [`${formatCount(behind, "commit")} behind`] : []),
  ];
  return `${parts.length > 0 ? parts.join(", ") : "same as"} ${upstream}`;
}
