"use client";

import { useState } from "react";

/** How a reader likes logs; the browser remembers it. */
export interface LogSettings {
  wrap: boolean;
  /** What stands beside a line: the clock, or seconds since the first or since the last record. */
  time: "clock" | "start" | "last";
  /** Single keys do something. */
  keys: boolean;
}

const key = "kiwi-workbench/log";
const usual: LogSettings = { wrap: false, time: "clock", keys: true };

export function useLogSettings(): [LogSettings, (change: Partial<LogSettings>) => void] {
  const [settings, setSettings] = useState(() => ({ ...usual, ...stored() }));
  return [
    settings,
    (change) => {
      const next = { ...settings, ...change };
      setSettings(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // A full storage costs the memory of this choice, nothing else.
      }
    },
  ];
}

function stored(): Partial<LogSettings> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<LogSettings>;
  } catch {
    return {};
  }
}
