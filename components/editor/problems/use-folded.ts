import { useState } from "react";

const KEY = "kiwi-workbench/problems-folded";

/** Whether the panel is folded; the browser remembers it. */
export function useFolded(): [folded: boolean, fold: (folded: boolean) => void] {
  const [folded, setFolded] = useState(() => localStorage.getItem(KEY) === "yes");
  return [
    folded,
    (next) => {
      setFolded(next);
      try {
        localStorage.setItem(KEY, next ? "yes" : "no");
      } catch {
        // A full storage costs the memory of this choice, nothing else.
      }
    },
  ];
}
