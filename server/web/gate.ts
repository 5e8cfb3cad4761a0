import { randomBytes } from "node:crypto";
import { loadConfig } from "#server/platform/config.ts";
import { sessionValue } from "./cookie.ts";
import { checkHost, checkOrigin, contentSecurityPolicy } from "./doors.ts";

/** What is done with a request before anything else looks at it. */
export type Verdict =
  | { kind: "refuse"; status: number; message: string }
  | { kind: "login" }
  /** A page: its policy goes to the browser, and with the nonce to those who render it. */
  | { kind: "page"; policy: string; nonce: string }
  | { kind: "pass" };

/** Goes with every answer. */
const hardening: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  // With the one above: page and worker may share memory.
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "x-frame-options": "DENY",
};

/** Pages of other sites may show badges as images. */
export const hardeningOf = (pathname: string): Readonly<Record<string, string>> =>
  pathname === "/badge" ? { ...hardening, "cross-origin-resource-policy": "cross-origin" } : hardening;

/**
 * Looks at a request: Host, Origin, login. Whether a cookie is worth anything is decided where data is read: the pages
 * themselves hold none.
 */
export function judge(
  { method, pathname, headers }: { method: string; pathname: string; headers: Headers },
  { allowedHosts, development }: { allowedHosts: readonly string[]; development: boolean },
): Verdict {
  const api = pathname.startsWith("/api/");
  const refusal = checkHost(headers.get("host"), allowedHosts) ?? checkOrigin({ method, api, headers });
  if (refusal) return { kind: "refuse", ...refusal };
  if (sessionValue(headers) === undefined && !isPublic(pathname))
    return api ? { kind: "refuse", status: 401, message: "Please log in." } : { kind: "login" };
  if (api || pathname === "/badge" || pathname.startsWith("/_next/")) return { kind: "pass" };
  const nonce = randomBytes(16).toString("base64");
  return { kind: "page", nonce, policy: contentSecurityPolicy(nonce, development) };
}

/** The configured names, and the address that the server listens on where it is a certain one. */
export function allowedHosts(): string[] {
  const { allowedHosts: names, host } = loadConfig();
  if (host === "0.0.0.0" || host === "::") return names;
  return [...names, host.includes(":") ? `[${host}]` : host.toLowerCase()];
}

const publicPaths = new Set(["/login", "/api/trpc/session.login", "/icon.svg", "/metrics", "/badge"]);

/** What somebody who has not logged in needs for logging in; and figures and badges, which have locks of their own. */
function isPublic(pathname: string): boolean {
  return publicPaths.has(pathname) || pathname.startsWith("/_next/static/");
}
