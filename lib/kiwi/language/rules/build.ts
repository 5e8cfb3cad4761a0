import type { Bound, Image, ImageType } from "./image.ts";

/** A build that a rule is asked about: what is active in it, as far as that is settled. */
export interface Build {
  image: Image;
  /** The active profiles; `all` = whichever are wanted, to find out whether anything could help. */
  profiles: ReadonlySet<string> | "all";
  /** The machine's name, as `uname -m` tells it; null = any. */
  arch: string | null;
  type: ImageType;
  /** The major version of the KIWI that builds; null = not known. */
  kiwi: number | null;
}

/** Whether something takes part in a build. */
export function isActive(bound: Pick<Bound, "profiles" | "arches">, build: Pick<Build, "profiles" | "arch">): boolean {
  const { profiles, arch } = build;
  const fits = bound.profiles.length === 0 || profiles === "all" || bound.profiles.some((name) => profiles.has(name));
  return fits && (bound.arches.length === 0 || arch === null || bound.arches.includes(arch));
}
