"use client";

import { useState } from "react";
import { type KiwiLog, type LogHit, LogSearch } from "#lib/kiwi/log/index.ts";

interface Search {
  query: string;
  /** Null while nothing is looked for. */
  run: LogSearch | null;
  /** Which hit the reader stands at. */
  current: number | null;
}

const nothing: Search = { query: "", run: null, current: null };

/** The state of a search in a log that may grow; `show` brings a hit into view. */
export function useLogSearch(log: KiwiLog, show: (hit: LogHit) => void) {
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState(nothing);
  const [searched, setSearched] = useState(log);
  if (searched !== log) {
    // Another attempt has begun another log.
    setSearched(log);
    setSearch({ ...search, run: search.query === "" ? null : new LogSearch(log, search.query), current: null });
  }
  const run = open ? search.run : null;
  run?.advance();
  const hits = run?.hits ?? [];

  const goTo = (index: number, found: Search) => {
    const hit = found.run?.hits[index];
    setSearch({ ...found, current: hit ? index : null });
    if (hit) show(hit);
  };
  return {
    open,
    setOpen,
    query: open ? search.query : "",
    count: hits.length,
    current: search.current,
    hit: search.current === null ? null : (hits[search.current] ?? null),
    /** Searches anew, and goes to the first hit from line `from` on. */
    start(query: string, from: number) {
      const found = query === "" ? null : new LogSearch(log, query);
      const first = found?.hits.findIndex((hit) => hit.line >= from) ?? -1;
      goTo(Math.max(first, 0), { query, run: found, current: null });
    },
    step(by: 1 | -1) {
      if (hits.length === 0) return;
      const from = search.current ?? (by > 0 ? -1 : 0);
      goTo((from + by + hits.length) % hits.length, search);
    },
  };
}
