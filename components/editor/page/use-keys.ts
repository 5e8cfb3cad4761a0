import { useEffect, useRef } from "react";

/** Keys that work everywhere on the page, in the text and outside of it. */
export interface PageKeys {
  save(): void;
  goToProblem(step: 1 | -1): void;
}

/** Listens before the text editor does: it has an F8 of its own, which knows only the files that are open. */
export function useKeys(keys: PageKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const save =
        (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s";
      if (!save && event.key !== "F8") return;
      event.preventDefault();
      event.stopPropagation();
      if (save) latest.current.save();
      else latest.current.goToProblem(event.shiftKey ? -1 : 1);
    }
    addEventListener("keydown", onKeyDown, { capture: true });
    return () => removeEventListener("keydown", onKeyDown, { capture: true });
  }, []);
}
