import { useState } from "react";

/** Whether a part of the page is folded; the browser remembers it under the part's name, `usual` is what it begins with. */
export function useFolded(part: string, usual = false): [folded: boolean, fold: (folded: boolean) => void] {
  const key = `kiwi-workbench/${part}-folded`;
  const [folded, setFolded] = useState(() => (localStorage.getItem(key) ?? (usual ? "yes" : "no")) === "yes");
  return [
    folded,
    (next) => {
      setFolded(next);
      try {
        localStorage.setItem(key, next ? "yes" : "no");
      } catch {
        // A full storage costs the memory of this choice, nothing else.
      }
    },
  ];
}
