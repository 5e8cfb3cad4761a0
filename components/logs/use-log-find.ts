"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { LogFindings, LogQuery } from "#lib/contracts/log.ts";
import { useTRPCClient } from "../trpc.tsx";

/** Milliseconds without a key after which the words are looked for. */
const pause = 150;
/** Milliseconds until a search in a growing log is asked how far it is. */
const askAgain = 700;

const unanswered: LogFindings = {
  lines: 0,
  searched: 0,
  of: 0,
  problem: "The builder did not answer. Please try again.",
  hit: null,
  map: [],
};

/** A search in the whole log, on the server. `show` brings a found line into view. */
export function useLogFind(log: { build: string; attempt: number; lines: number }, show: (line: number) => void) {
  const client = useTRPCClient();
  const { build, attempt, lines } = log;
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState<LogQuery>({ text: "", regex: false, matchCase: false });
  const [findings, setFindings] = useState<LogFindings | null>(null);
  const [hit, setHit] = useState<LogFindings["hit"]>(null);
  const asked = useRef(0);
  const latest = useRef({ query, show });
  useEffect(() => {
    latest.current = { query, show };
  });

  const ask = useCallback(
    async (from: number, backwards: boolean, then: (found: LogFindings) => void, wrapped = false): Promise<void> => {
      const turn = ++asked.current;
      for (;;) {
        const { query: wanted } = latest.current;
        if (wanted.text === "") return;
        const request = { build, attempt, query: wanted, from: Math.max(1, from), backwards, parts: 200 };
        const found = await client.logs.search.query(request).catch(() => null);
        if (turn !== asked.current) return;
        if (found === null) return setFindings(unanswered);
        setFindings(found);
        const over = found.problem !== null || found.searched >= found.of;
        if (found.hit) return then(found);
        if (over) {
          // Behind the last one comes the first.
          if (found.lines > 0 && !wrapped) return ask(backwards ? found.of : 1, backwards, then, true);
          return then(found);
        }
      }
    },
    [client, build, attempt],
  );

  // The rest is counted, and what has come since.
  const searched = findings?.searched ?? 0;
  useEffect(() => {
    if (!open || query.text === "" || findings === null || findings.problem !== null || searched >= lines) return;
    const turn = asked.current;
    const goOn = async () => {
      const request = { build, attempt, query, from: hit?.line ?? 1, backwards: false, parts: 200 };
      const found = await client.logs.search.query(request).catch(() => null);
      if (found && turn === asked.current) setFindings(found);
    };
    const timer = setTimeout(() => void goOn(), findings.searched < findings.of - 64 ? 0 : askAgain);
    return () => clearTimeout(timer);
  }, [open, query, findings, searched, lines, hit, client, build, attempt]);

  const goTo = useCallback((found: LogFindings) => {
    setHit(found.hit);
    if (found.hit) latest.current.show(found.hit.line);
  }, []);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  return {
    open,
    setOpen,
    query,
    /** What is really looked for; null while nothing is. */
    active: open && query.text !== "" ? query : null,
    findings: open && query.text !== "" ? findings : null,
    hit: open ? hit : null,
    /** Looks for something else, from a line on. */
    change(next: LogQuery, from: number) {
      asked.current++;
      setQuery(next);
      setFindings(null);
      setHit(null);
      if (timer.current) clearTimeout(timer.current);
      if (next.text !== "") timer.current = setTimeout(() => void ask(from, false, goTo), pause);
    },
    step(by: 1 | -1, from: number) {
      if (query.text === "") return;
      const at = hit?.line;
      void ask(at === undefined ? from : at + by, by < 0, goTo);
    },
  };
}
