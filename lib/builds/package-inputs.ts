import type { PackageInputs } from "../contracts/reuse.ts";

const WORDS: Record<keyof PackageInputs, string> = {
  kiwi: "KIWI is another one.",
  architecture: "It is for another architecture.",
  runtime: "It is kept apart from the host in another way.",
  tools: "The package tools of the builder's host have changed.",
  description: "What the description says of packages and repositories has changed.",
  files:
    "Files that belong to the packages have changed: archives, keys, or scripts that run before all packages are there.",
  options: "The options are others.",
  repositories: "The repositories hold something else now.",
};

/** Why packages cannot be those of an earlier build, as sentences; none where they can. */
export function changedInputs(earlier: PackageInputs, now: PackageInputs): string[] {
  return (Object.keys(WORDS) as (keyof PackageInputs)[])
    .filter((name) => earlier[name] !== now[name])
    .map((name) => WORDS[name]);
}
