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

/** Those of a list that take part in a build, in their order. Of many, only those that a profile brings are looked at. */
export function active<T extends Bound>(all: readonly T[], build: Pick<Build, "profiles" | "arch">): T[] {
  const { profiles } = build;
  if (profiles === "all") return all.filter((one) => isActive(one, build));
  const places = placesByProfile(all);
  const lists = [null, ...profiles].map((name) => places.get(name) ?? []).filter(({ length }) => length > 0);
  const [list = [], ...more] = lists;
  const found = more.length === 0 ? list : [...new Set(lists.flat())].sort((a, b) => a - b);
  return found.flatMap((place) => all[place] ?? []).filter((one) => isActive(one, build));
}

/** The first of a list that takes part in a build. */
export function firstActive<T extends Bound>(
  all: readonly T[],
  build: Pick<Build, "profiles" | "arch">,
): T | undefined {
  return all.find((one) => isActive(one, build));
}

const indexes = new WeakMap<readonly Bound[], Map<string | null, number[]>>();

/** Where those stand in a list that are bound to a profile, or to none (null). */
function placesByProfile(all: readonly Bound[]): Map<string | null, number[]> {
  let places = indexes.get(all);
  if (places !== undefined) return places;
  places = new Map();
  for (const [place, { profiles }] of all.entries()) {
    for (const name of profiles.length === 0 ? [null] : profiles) {
      const same = places.get(name);
      if (same === undefined) places.set(name, [place]);
      else same.push(place);
    }
  }
  indexes.set(all, places);
  return places;
}
