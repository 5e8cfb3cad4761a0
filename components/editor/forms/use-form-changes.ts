import { notifications } from "@mantine/notifications";
import { useCallback, useRef, useState } from "react";
import type { FormAnswer, FormChange, PackageChange } from "#lib/kiwi/language/index.ts";
import { applyOffer } from "../language/fixes.ts";
import type { FormOffer, Planned } from "../language/mending.ts";
import type { EditorSession } from "../session/editor-session.ts";

/** Why a change was not made, and what could be done instead. */
export type Refused = Extract<FormAnswer, { refusal: string }>;

export interface FormChanges {
  /** Resolves with null where the change was made. */
  change(wanted: FormChange): Promise<Refused | null>;
  changePackages(wanted: PackageChange): Promise<boolean>;
  undo(): void;
  redo(): void;
  canUndo: boolean;
  canRedo: boolean;
  /** A change is being made: what stands where is about to be another. */
  busy: boolean;
  /** Counts what was changed, undone and redone. */
  made: number;
}

/** The files that a change has changed, each with the state that it left them in: undoing and redoing bring it back. */
type Step = readonly { path: string; state: number | undefined }[];

/**
 * Makes the changes of the form, one after the other, as edits of the texts' own models: each is undone in the text just
 * as here. They are kept as long as the description is on screen.
 */
export function useFormChanges(session: EditorSession): FormChanges {
  const [done, setDone] = useState<readonly Step[]>([]);
  const [undone, setUndone] = useState<readonly Step[]>([]);
  const [made, setMade] = useState(0);
  const [running, setRunning] = useState(0);
  const last = useRef<Promise<unknown>>(Promise.resolve());

  const stateOf = useCallback((path: string) => session.files.get(path)?.model.getAlternativeVersionId(), [session]);

  const make = useCallback(
    async (planned: Planned): Promise<boolean> => {
      if (planned.edits.length === 0) return true;
      if (!(await applyOffer(session.mending, planned))) return false;
      const paths = [...new Set(planned.edits.map(({ path }) => path))];
      setDone((steps) => [...steps, paths.map((path) => ({ path, state: stateOf(path) }))]);
      setUndone([]);
      setMade((count) => count + 1);
      return true;
    },
    [session, stateOf],
  );

  /** Runs one after the other: each is planned on the text that the one before it has left. */
  const inTurn = useCallback(<T>(work: () => Promise<T>): Promise<T> => {
    setRunning((count) => count + 1);
    const turn = last.current.then(work).finally(() => setRunning((count) => count - 1));
    last.current = turn.catch(() => undefined);
    return turn;
  }, []);

  const change = useCallback(
    (wanted: FormChange) =>
      inTurn(async (): Promise<Refused | null> => {
        const offer: FormOffer = await session.mending.changeForm(wanted);
        if ("refusal" in offer) return offer;
        return (await make(offer)) ? null : { refusal: "Nothing was changed: try again." };
      }),
    [session, inTurn, make],
  );

  const changePackages = useCallback(
    (wanted: PackageChange) => inTurn(async () => make(await session.mending.changePackages(wanted))),
    [session, inTurn, make],
  );

  async function go(way: "undo" | "redo", steps: readonly Step[]): Promise<Step | null> {
    const step = steps.at(-1) ?? [];
    if (step.some(({ path, state }) => stateOf(path) !== state)) {
      setDone([]);
      setUndone([]);
      const message = `The text was changed by other means since then: ${way} in the text.`;
      notifications.show({ color: "yellow", title: "Nothing was changed", message });
      return null;
    }
    for (const { path } of step) await session.files.get(path)?.model[way]();
    setMade((count) => count + 1);
    return step.map(({ path }) => ({ path, state: stateOf(path) }));
  }

  async function undo() {
    const step = await go("undo", done);
    if (step === null) return;
    setDone(done.slice(0, -1));
    setUndone([...undone, step]);
  }

  async function redo() {
    const step = await go("redo", undone);
    if (step === null) return;
    setUndone(undone.slice(0, -1));
    setDone([...done, step]);
  }

  return {
    change,
    changePackages,
    undo: () => void inTurn(undo),
    redo: () => void inTurn(redo),
    canUndo: done.length > 0,
    canRedo: undone.length > 0,
    busy: running > 0,
    made,
  };
}
