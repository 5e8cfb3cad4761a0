import { createContext, useContext, useState } from "react";
import type { FormChange, FormPlace } from "#lib/kiwi/language/index.ts";
import type { EditorSession } from "../session/editor-session.ts";
import type { Target } from "../session/ways.ts";
import type { FormChanges, Refused } from "./use-form-changes.ts";

interface FormContext extends Pick<FormChanges, "change" | "busy"> {
  session: EditorSession;
  main: string;
  /** The element from which the form was opened. */
  opened: FormPlace | null;
  onGo(place: Target): void;
}

/** What every part of the form works with, however deep it stands. */
export const FormContext = createContext<FormContext | null>(null);

export function useForm(): FormContext {
  const form = useContext(FormContext);
  if (form === null) throw new Error("there is no form around this");
  return form;
}

/** A part of the form that makes changes, and knows why its last one was refused. */
export function useChange() {
  const { change } = useForm();
  const [refused, setRefused] = useState<Refused | null>(null);
  async function make(wanted: FormChange): Promise<boolean> {
    const answer = await change(wanted);
    setRefused(answer);
    return answer === null;
  }
  return { make, refused, forget: () => setRefused(null) };
}
