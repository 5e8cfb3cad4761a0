import type { AttemptOutcome } from "../contracts/attempt.ts";
import type { BuildState } from "../contracts/build.ts";

/** What can happen to a build. */
export type BuildEvent =
  /** A builder took the build from the queue. */
  | { kind: "claimed" }
  /** KIWI runs. */
  | { kind: "started" }
  /** Somebody asked for its end. */
  | { kind: "cancel-requested" }
  /** The attempt is over and cleaned up. */
  | { kind: "ended"; outcome: AttemptOutcome };

const FINAL: ReadonlySet<BuildState> = new Set<BuildState>(["succeeded", "failed", "cancelled", "interrupted"]);

/** Whether nothing can happen to the build any more. */
export function isFinal(state: BuildState): boolean {
  return FINAL.has(state);
}

/**
 * The state after an event; null where the event cannot happen in this state, and then nothing may be changed.
 * Once a cancel was asked for, the build ends as cancelled, however the attempt ended.
 */
export function next(state: BuildState, event: BuildEvent): BuildState | null {
  if (isFinal(state)) return null;
  switch (event.kind) {
    case "claimed":
      return state === "queued" ? "preparing" : null;
    case "started":
      if (state === "preparing") return "running";
      return state === "cancelling" ? "cancelling" : null;
    case "cancel-requested":
      return state === "queued" ? "cancelled" : "cancelling";
    case "ended":
      return ended(state, event.outcome);
  }
}

function ended(state: BuildState, outcome: AttemptOutcome): BuildState | null {
  if (state === "queued") return null;
  if (state === "cancelling") return "cancelled";
  switch (outcome) {
    case "succeeded":
      // Only what ran can have succeeded; a failure can come earlier, while the files are laid out.
      return state === "running" ? "succeeded" : null;
    case "failed":
    case "failed-to-start":
      return "failed";
    case "cancelled":
      return "cancelled";
    case "interrupted":
      return "interrupted";
  }
}
