import type { FetchCreateContextFnOptions } from "@trpc/server/adapters/fetch";
import { sessionValue } from "./cookie.ts";
import { type Services, services } from "./services.ts";

/** What every procedure gets: the services, who asks, and the way to answer with a cookie. */
export interface Context {
  services: Services;
  /** The session cookie's value, not yet believed. */
  sessionValue: string | undefined;
  setHeader(name: string, value: string): void;
}

export function createContext({ req, resHeaders }: FetchCreateContextFnOptions): Context {
  return {
    services: services(),
    sessionValue: sessionValue(req.headers),
    setHeader: (name, value) => resHeaders.append(name, value),
  };
}
