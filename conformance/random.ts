import { randomNumbers } from "#lib/kiwi/language/testing/mutants.test-support.ts";

/** Choices that look random and are the same for the same seed. */
export interface Random {
  /** A whole number from 0, below the given one. */
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
  /** True once in `times`. */
  once(times: number): boolean;
}

export function seeded(seed: number): Random {
  const below = randomNumbers(seed);
  return {
    below,
    pick: <T>(list: readonly T[]) => list[below(list.length)] as T,
    once: (times) => below(times) === 0,
  };
}
