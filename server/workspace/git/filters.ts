import { WorkspaceError } from "../workspace-error.ts";
import type { Checkout } from "./checkout.ts";

/**
 * Refuses work with files that pass a filter of git, as those of Git LFS do: filters are programs, which do not run here,
 * and without them other bytes would be kept than those that are meant.
 */
export async function refuseFiltered(checkout: Checkout, paths: readonly string[]): Promise<void> {
  const { output } = await checkout.try(["check-attr", "-z", "--stdin", "filter"], { input: paths.join("\0") });
  const fields = output.toString().split("\0");
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const filter = fields[at + 2];
    if (filter === "unspecified" || filter === "unset") continue;
    throw new WorkspaceError(
      "refused",
      `"${fields[at]}" passes a filter of git ("${filter}"), which is a program and does not run here. Use git by hand.`,
    );
  }
}

/** The same for everything in the checkout. */
export async function refuseAnyFiltered(checkout: Checkout): Promise<void> {
  const paths = (await checkout.git(["ls-files", "-z", "--full-name"])).toString().split("\0").filter(Boolean);
  await refuseFiltered(checkout, paths);
}
