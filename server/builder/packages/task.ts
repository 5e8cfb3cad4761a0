import type { OfferedPackage, PackageKnowledge, PackageRepository } from "#lib/contracts/packages.ts";

/** What the thread of catalogues is asked. */
export type Question = { repositories: readonly PackageRepository[] } & (
  | { kind: "look-up"; names: readonly string[] }
  | { kind: "search"; text: string; limit: number }
);
export interface Task {
  id: number;
  question: Question;
}

export type Answer<Q extends Question = Question> = Q extends { kind: "search" } ? OfferedPackage[] : PackageKnowledge;
export type Reply = { id: number } & ({ answer: Answer } | { problem: string });

/** What the thread starts with. */
export interface ThreadData {
  folder: string;
  /** Bytes that lists may take there. */
  limit: number;
  architecture: string;
  proxy: Record<string, string>;
}
