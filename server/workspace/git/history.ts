import type { GitCommit } from "#lib/contracts/git.ts";
import { TEXT_LIMIT } from "../text-file.ts";
import { WorkspaceError } from "../workspace-error.ts";
import type { Checkout } from "./checkout.ts";

/** The last commits of the description's folder, or of one file of it, newest first. */
export async function gitLog(checkout: Checkout, path: string | null, most: number): Promise<GitCommit[]> {
  const { code } = await checkout.try(["rev-parse", "--verify", "--quiet", "HEAD"]);
  if (code !== 0) return [];
  const output = await checkout.git([
    "log",
    "-z",
    `--max-count=${most}`,
    "--no-show-signature",
    "--format=%H%n%an%n%aI%n%s",
    "--",
    path === null ? checkout.folder || "." : checkout.inTree(path),
  ]);
  return output
    .toString()
    .split("\0")
    .filter((record) => record !== "")
    .map((record) => {
      const [id = "", author = "", date = "", subject = ""] = record.split("\n");
      return { id, author, date, subject };
    });
}

/** The text of a file as a commit has it; null where it has none. Throws WorkspaceError for what is no text. */
export async function textAt(checkout: Checkout, commit: string, path: string): Promise<string | null> {
  const name = `${commit}:${checkout.inTree(path)}`;
  const { code, output } = await checkout.try(["cat-file", "-s", name]);
  if (code !== 0) return null;
  const refuse = () => new WorkspaceError("refused", `"${path}" is no text file in UTF-8, or larger than 8 MiB.`);
  if (Number(output.toString()) > TEXT_LIMIT) throw refuse();
  const bytes = await checkout.git(["cat-file", "blob", name]);
  if (bytes.includes(0)) throw refuse();
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refuse();
  }
}
