import type { Problem } from "#lib/contracts/problem.ts";
import { ruleHref } from "../../ui/links.ts";

/** Where a problem's code is explained. */
export function codeLink({ layer, code }: Problem): string {
  return layer === "shell" ? `https://www.shellcheck.net/wiki/${code}` : ruleHref(code);
}
