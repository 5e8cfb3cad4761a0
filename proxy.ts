import { type NextRequest, NextResponse } from "next/server";
import { allowedHosts, hardeningOf, judge } from "#server/web/gate.ts";

// Next.js sets it, and puts its value in when it builds.
// oxlint-disable-next-line node/no-process-env
const development = process.env.NODE_ENV === "development";
let hosts: string[] | undefined;

/** Next.js calls this for every request, static files included: there is no matcher, so that nothing gets past it. */
export function proxy(request: NextRequest): NextResponse {
  hosts ??= allowedHosts();
  const response = answer(request, hosts);
  for (const [name, value] of Object.entries(hardeningOf(request.nextUrl.pathname))) response.headers.set(name, value);
  return response;
}

function answer(request: NextRequest, allowed: string[]): NextResponse {
  const { method, headers, nextUrl } = request;
  const verdict = judge({ method, headers, pathname: nextUrl.pathname }, { allowedHosts: allowed, development });
  switch (verdict.kind) {
    case "refuse":
      return new NextResponse(`${verdict.message}\n`, {
        status: verdict.status,
        headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
      });
    case "login":
      return NextResponse.redirect(loginPage(request));
    case "page":
      return page(headers, verdict);
    case "pass":
      return NextResponse.next();
  }
}

/** Next.js takes the nonce for its own scripts out of the policy in the request's headers. */
function page(requestHeaders: Headers, { nonce, policy }: { nonce: string; policy: string }): NextResponse {
  const headers = new Headers(requestHeaders);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/**
 * The login, which leads on to the page that was asked for. It is where the browser itself thinks it is: the server's
 * own idea of its name may be another one.
 */
function loginPage({ nextUrl, headers }: NextRequest): URL {
  const url = new URL(`${nextUrl.protocol}//${headers.get("host") ?? nextUrl.host}/login`);
  const wanted = nextUrl.pathname + nextUrl.search;
  if (wanted !== "/") url.searchParams.set("next", wanted);
  return url;
}
