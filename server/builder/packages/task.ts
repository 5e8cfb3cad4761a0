import type {
  OfferedPackage,
  PackageEstimate,
  PackageKnowledge,
  PackageRepository,
  PackageWish,
} from "#lib/contracts/packages.ts";

/** What the thread of catalogues is asked. */
export type Question =
  | { kind: "look-up"; repositories: readonly PackageRepository[]; names: readonly string[] }
  | { kind: "search"; repositories: readonly PackageRepository[]; text: string; limit: number }
  | ({ kind: "estimate" } & PackageWish);
export interface Task {
  id: number;
  question: Question;
}

interface Answers {
  "look-up": PackageKnowledge;
  search: OfferedPackage[];
  estimate: PackageEstimate;
}
export type Answer<Q extends Question = Question> = Answers[Q["kind"]];
export type Reply = { id: number } & ({ answer: Answer } | { problem: string });

/** What the thread starts with. */
export interface ThreadData {
  folder: string;
  /** Bytes that lists may take there. */
  limit: number;
  architecture: string;
  proxy: Record<string, string>;
}
