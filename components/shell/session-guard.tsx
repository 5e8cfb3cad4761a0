"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { errorStatus, useTRPC } from "../trpc.tsx";

/** Leads to the login when the session has ended, and back to this page afterwards. */
export function SessionGuard() {
  const trpc = useTRPC();
  const { error } = useQuery(trpc.session.me.queryOptions(undefined, { refetchInterval: 60_000, staleTime: 30_000 }));
  const ended = errorStatus(error) === 401;
  useEffect(() => {
    if (!ended) return;
    const { pathname, search, hash } = window.location;
    window.location.assign(`/login?next=${encodeURIComponent(pathname + search + hash)}`);
  }, [ended]);
  return null;
}
