import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attemptOutcomeSchema } from "../contracts/attempt.ts";
import { buildStateSchema } from "../contracts/build.ts";
import { type BuildEvent, isFinal, next } from "./state.ts";

const events: BuildEvent[] = [
  { kind: "claimed" },
  { kind: "started" },
  { kind: "cancel-requested" },
  ...attemptOutcomeSchema.options.map((outcome): BuildEvent => ({ kind: "ended", outcome })),
];

const walk = (...path: BuildEvent[]) =>
  path.reduce<ReturnType<typeof next>>((state, event) => (state === null ? null : next(state, event)), "queued");

describe("the states of a build", () => {
  it("leads from the queue to success through every step", () => {
    expect(walk({ kind: "claimed" }, { kind: "started" }, { kind: "ended", outcome: "succeeded" })).toBe("succeeded");
  });

  it("refuses a success of something that never ran", () => {
    expect(walk({ kind: "claimed" }, { kind: "ended", outcome: "succeeded" })).toBeNull();
    expect(next("queued", { kind: "ended", outcome: "failed" })).toBeNull();
  });

  it("refuses to claim or start twice", () => {
    expect(walk({ kind: "claimed" }, { kind: "claimed" })).toBeNull();
    expect(walk({ kind: "claimed" }, { kind: "started" }, { kind: "started" })).toBeNull();
  });

  it("cancels a queued build at once, and a running one when its attempt is over", () => {
    expect(next("queued", { kind: "cancel-requested" })).toBe("cancelled");
    expect(next("running", { kind: "cancel-requested" })).toBe("cancelling");
    expect(next("cancelling", { kind: "cancel-requested" })).toBe("cancelling");
    for (const outcome of attemptOutcomeSchema.options)
      expect(next("cancelling", { kind: "ended", outcome })).toBe("cancelled");
  });

  it("names a failure before KIWI a failure, and a lost runner an interruption", () => {
    expect(next("preparing", { kind: "ended", outcome: "failed-to-start" })).toBe("failed");
    expect(next("running", { kind: "ended", outcome: "interrupted" })).toBe("interrupted");
  });

  it("changes nothing once a build is over", () => {
    for (const state of buildStateSchema.options.filter(isFinal))
      for (const event of events) expect(next(state, event)).toBeNull();
  });

  it("ends every build that was claimed, whatever happened before, as soon as its attempt is over", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 8 }), (path) => {
        const state = path.reduce(
          (current, event) => next(current, event) ?? current,
          next("queued", { kind: "claimed" }) ?? "queued",
        );
        if (isFinal(state)) return;
        expect(isFinal(next(state, { kind: "ended", outcome: "failed" }) ?? state)).toBe(true);
      }),
    );
  });
});
