import type { Problem } from "#lib/contracts/problem.ts";

/** Where a problem's code is explained; undefined where its message says all. */
export function codeLink({ layer, code }: Problem): string | undefined {
  return layer === "shell" ? `https://www.shellcheck.net/wiki/${code}` : undefined;
}
