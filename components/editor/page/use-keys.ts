import { useEffect, useRef } from "react";
import { focusNextPart } from "./parts.ts";

/** Keys that work everywhere on the page, in the text and outside of it. */
export interface PageKeys {
  save(): void;
  goToProblem(step: 1 | -1): void;
  showKeys(): void;
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
      const step = event.shiftKey ? -1 : 1;
      const help = event.key === "F1" && event.shiftKey;
      if (!save && !help && event.key !== "F8" && event.key !== "F6") return;
      // Where the parts of the page end, F6 is the browser's.
      if (event.key === "F6" && !focusNextPart(step)) return;
      event.preventDefault();
      event.stopPropagation();
      if (save) latest.current.save();
      else if (help) latest.current.showKeys();
      else if (event.key === "F8") latest.current.goToProblem(step);
    }
    addEventListener("keydown", onKeyDown, { capture: true });
    return () => removeEventListener("keydown", onKeyDown, { capture: true });
  }, []);
}
