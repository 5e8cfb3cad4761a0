import type { Checkout } from "./checkout.ts";
import { explainGit } from "./explain-git.ts";
import { refuseAnyFiltered } from "./filters.ts";

/** Branches of the checkout, those that were worked on last first; and those of remotes that have none here. */
export async function gitBranches(checkout: Checkout): Promise<{ here: string[]; remote: string[] }> {
  const refs = async (prefix: string) => {
    const format = "--format=%(refname:strip=2)%00%(symref)";
    const lines = (await checkout.git(["for-each-ref", "--sort=-committerdate", format, prefix]))
      .toString()
      .split("\n");
    // The HEAD of a remote only names another branch.
    return lines.flatMap((line) => (line.endsWith("\0") ? line.slice(0, -1) : []));
  };
  const here = await refs("refs/heads");
  const remote = (await refs("refs/remotes")).filter((name) => !here.includes(name.slice(name.indexOf("/") + 1)));
  return { here, remote };
}

/**
 * Switches to a branch; git refuses where that would lose changes. `create` makes it at the present commit, and a branch
 * of a remote, `origin/x`, gets one of ours that follows it.
 */
export async function switchBranch(checkout: Checkout, branch: string, create: boolean): Promise<void> {
  const { code, said } = await checkout.try(["check-ref-format", "--branch", branch]);
  if (code !== 0) throw explainGit(said);
  if (create) {
    await checkout.git(["switch", "--quiet", "--no-track", "--create", branch]);
    return;
  }
  await refuseAnyFiltered(checkout);
  const known = await gitBranches(checkout);
  const how = known.remote.includes(branch) ? ["--track=direct"] : ["--no-guess"];
  await checkout.git(["switch", "--quiet", ...how, branch]);
}
