"use client";

import { useEffect, useState } from "react";

/** Gives the focus back to where it was before this component came, when it goes: for dialogs that open by appearing. */
export function useFocusBack(): void {
  // Asked while the dialog is drawn for the first time: a moment later it has taken the focus.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // The dialog itself still holds the focus while it is taken away.
      if (before instanceof HTMLElement) setTimeout(() => before.isConnected && before.focus());
    },
    [before],
  );
}
