/** Why a request is turned away before anything else looks at it. */
export interface Refusal {
  status: 401 | 403 | 421;
  message: string;
}

/**
 * Whether a request's Host is one of ours. This, and not a comparison of Origin with Host, is what stops a foreign
 * name that was made to lead to this machine (DNS rebinding): there both are the attacker's.
 */
export function checkHost(host: string | null, allowedHosts: readonly string[]): Refusal | null {
  const name = host === null ? null : hostName(host);
  if (name !== null && allowedHosts.includes(name)) return null;
  return {
    status: 421,
    message: "This host name is not allowed. Add it to KIWI_WORKBENCH_ALLOWED_HOSTS if the address is meant to work.",
  };
}

/**
 * Whether a request that changes something, or that a browser may send across sites with cookies (event streams,
 * everything of the API), comes from our own pages.
 */
export function checkOrigin(request: { method: string; api: boolean; headers: Headers }): Refusal | null {
  const { method, api, headers } = request;
  const safe = method === "GET" || method === "HEAD" || method === "OPTIONS";
  if (safe && !api) return null;
  const foreign: Refusal = { status: 403, message: "This request comes from another site." };
  const origin = headers.get("origin");
  if (origin !== null) return isOwnOrigin(origin, headers.get("host")) ? null : foreign;
  // Browsers leave Origin out of same-origin GET requests, event streams included, but say where they come from.
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && !(safe && site === "none")) return foreign;
  // Every browser sends Origin with what changes something.
  return safe ? null : foreign;
}

/** The policy of a page: nothing from elsewhere, and no inline script but those that carry this request's nonce. */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  // React's development build evaluates code to rebuild stack traces of the server.
  const scripts = `'self' 'nonce-${nonce}'${development ? " 'unsafe-eval'" : ""}`;
  return [
    "default-src 'self'",
    `script-src ${scripts}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "base-uri 'none'",
  ].join("; ");
}

function isOwnOrigin(origin: string, host: string | null): boolean {
  const url = URL.parse(origin);
  return url !== null && /^https?:$/.test(url.protocol) && host !== null && url.host === host.toLowerCase();
}

/** The name in a Host header, without the port; null where it is not of that form. */
function hostName(host: string): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+?)\.?(?::\d{1,5})?$/.exec(host.toLowerCase());
  return match?.[1] ?? null;
}
