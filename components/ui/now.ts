"use client";

import { useEffect, useState } from "react";

/** The time in milliseconds, again each `intervalMs` while `ticking`. */
export function useNow(ticking = true, intervalMs = 1000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), intervalMs);
    return () => clearInterval(timer);
  }, [ticking, intervalMs]);
  return now;
}
