"use client";

import { useEffect, useRef, useState } from "react";
import { ConsoleScreen } from "#lib/builds/console-screen.ts";
import { useTRPCClient } from "../../trpc.tsx";
import { consoleHref } from "../../ui/links.ts";

/** Milliseconds between two questions while the machine runs. */
const PAUSE = 300;

/** The serial console of a build's machine: what it has said, and how to type there. `since` tells one machine from another. */
export function useConsole(id: string, since: string, running: boolean) {
  const [lines, setLines] = useState<readonly string[]>([]);
  const position = useRef({ since: "", bytes: 0, screen: new ConsoleScreen(), decoder: new TextDecoder() });
  useEffect(() => {
    if (position.current.since !== since) {
      position.current = { since, bytes: 0, screen: new ConsoleScreen(), decoder: new TextDecoder() };
      setLines([]);
    }
    const { current } = position;
    const over = new AbortController();
    const follow = async () => {
      while (!over.signal.aborted) {
        const more = await fetch(consoleHref(id, current.bytes), { signal: over.signal })
          .then((answer) => (answer.ok ? answer.arrayBuffer() : null))
          .catch(() => null);
        if (over.signal.aborted) return;
        if (more !== null && more.byteLength > 0) {
          current.bytes += more.byteLength;
          current.screen.feed(current.decoder.decode(more, { stream: true }));
          setLines([...current.screen.lines]);
        } else if (!running) return;
        else await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    };
    void follow();
    return () => over.abort();
  }, [id, since, running]);

  const client = useTRPCClient();
  const typing = useRef({ waiting: "", sends: false });
  /** What is typed while a part is under way goes with the next, in its order. */
  const type = async (text: string) => {
    const { current } = typing;
    current.waiting += text;
    if (current.sends) return;
    current.sends = true;
    while (current.waiting !== "") {
      const part = current.waiting;
      current.waiting = "";
      await client.drives.type.mutate({ id, text: part }).catch(() => undefined);
    }
    current.sends = false;
  };
  return { lines, type };
}
