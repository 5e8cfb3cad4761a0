import { useEffect, useState } from "react";
import type { LanguageMethods, Method } from "../language/protocol.ts";
import type { EditorSession } from "./editor-session.ts";
import { useStore } from "./use-store.ts";

/**
 * What the language service says to a question about the description, asked again after every change of a text.
 * Undefined before the first answer; the last answer stays while a newer one is on its way.
 * @param params must be the same object as long as it means the same
 */
export function useAnswer<M extends Method>(session: EditorSession, method: M, params: LanguageMethods[M]["takes"]) {
  const current = useStore(session.diagnosis.current);
  const [answer, setAnswer] = useState<LanguageMethods[M]["gives"]>();
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    // While it is being checked the text may still change.
    if (!current) return;
    let wanted = true;
    session.language
      .ask(method, params)
      .then((given) => {
        if (!wanted) return;
        setAnswer(given);
        setFailure(null);
      })
      .catch((error: unknown) => wanted && setFailure(error));
    return () => {
      wanted = false;
    };
  }, [session, current, method, params]);
  return { answer, failure };
}
