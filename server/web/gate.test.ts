import { NextRequest } from "next/server";
import { describe, expect, test } from "vitest";
import { proxy } from "../../proxy.ts";
import { SESSION_COOKIE } from "./cookie.ts";

const cookie = `${SESSION_COOKIE}=${"a".repeat(43)}`;

/** What our own pages in a browser send. */
const own = { host: "127.0.0.1:8374", cookie, "sec-fetch-site": "same-origin" };

function ask(path: string, headers: Record<string, string>, method = "GET") {
  return proxy(new NextRequest(`http://127.0.0.1:8374${path}`, { method, headers }));
}

/** Whether Next.js goes on with the request. */
function passes(response: Response): boolean {
  return response.headers.get("x-middleware-next") === "1";
}

const paths = ["/", "/builds", "/api/trpc/builds.list", "/api/builds/1/log", "/_next/static/chunks/a.js", "/login"];

describe("Host", () => {
  test.each(["127.0.0.1:8374", "localhost:8374", "LOCALHOST", "[::1]:8374", "localhost.:8374"])(
    "%s is ours",
    (host) => {
      expect(passes(ask("/", { ...own, host }))).toBe(true);
    },
  );

  test.each([
    "evil.example",
    "evil.example:8374",
    "127.0.0.1.evil.example",
    "localhost.evil.example:8374",
    "localhost@evil.example",
    "[::1].evil.example",
    "127.0.0.1:8374:8374",
    "",
  ])("%j is turned away on every path", (host) => {
    for (const path of paths) expect(ask(path, { ...own, host }).status).toBe(421);
  });

  test("a rebound name gets nothing although its Origin is the same", () => {
    const headers = { ...own, host: "evil.example:8374", origin: "http://evil.example:8374" };
    expect(ask("/api/trpc/session.login", headers, "POST").status).toBe(421);
  });
});

describe("Origin", () => {
  const mutation = "/api/trpc/builds.start";

  test("our own pages may change things", () => {
    expect(passes(ask(mutation, { ...own, origin: "http://127.0.0.1:8374" }, "POST"))).toBe(true);
  });

  test.each([
    "http://evil.example",
    "http://127.0.0.1:9999",
    "http://localhost:8374",
    "null",
    "file://",
    "http://127.0.0.1:8374.evil.example",
    "",
  ])("%j may not", (origin) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"])
      expect(ask(mutation, { ...own, origin }, method).status).toBe(403);
  });

  test("a change without any origin is turned away", () => {
    expect(ask(mutation, { host: own.host, cookie }, "POST").status).toBe(403);
    expect(ask("/", { host: own.host, cookie }, "POST").status).toBe(403);
  });

  test("logging in from another site is turned away", () => {
    expect(ask("/api/trpc/session.login", { host: own.host, origin: "http://evil.example" }, "POST").status).toBe(403);
  });

  test.each([{ origin: "http://evil.example" }, { "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }])(
    "an event stream for another site is turned away: %j",
    (foreign) => {
      const headers = { ...own, accept: "text/event-stream", ...foreign };
      expect(ask("/api/trpc/builds.watch?input=%7B%7D", headers).status).toBe(403);
      expect(ask("/api/builds/1/files/image.ext4", headers).status).toBe(403);
    },
  );

  test("our own event stream goes through, with and without Origin", () => {
    const headers = { ...own, accept: "text/event-stream" };
    expect(passes(ask("/api/trpc/builds.watch", headers))).toBe(true);
    expect(passes(ask("/api/trpc/builds.watch", { ...headers, origin: "http://127.0.0.1:8374" }))).toBe(true);
  });

  test("a link from another site to a page still leads there", () => {
    expect(passes(ask("/builds", { ...own, "sec-fetch-site": "cross-site" }))).toBe(true);
  });
});

describe("login", () => {
  const anonymous = { host: "localhost:8374", "sec-fetch-site": "same-origin" };

  test.each(["/", "/builds", "/descriptions/a/config.xml", "/builder"])("%s leads to the login page", (path) => {
    const response = ask(path, anonymous);
    expect(response.status).toBe(307);
    expect(response.headers.get("location")).toBe(
      path === "/" ? "http://localhost:8374/login" : `http://localhost:8374/login?next=${encodeURIComponent(path)}`,
    );
  });

  test("leads to the page of the name and port that the browser asked, also behind another server", () => {
    const response = ask("/builds", { host: "127.0.0.1" });
    expect(response.headers.get("location")).toBe("http://127.0.0.1/login?next=%2Fbuilds");
  });

  test.each(["/api/trpc/builds.list", "/api/schema", "/api/builds/1/log", "/api/trpc/session.login,builds.list"])(
    "%s says 401",
    (path) => {
      expect(ask(path, anonymous).status).toBe(401);
    },
  );

  test("the login page, its files and its request are there for everybody", () => {
    expect(passes(ask("/login", anonymous))).toBe(true);
    expect(passes(ask("/_next/static/chunks/a.js", anonymous))).toBe(true);
    expect(passes(ask("/api/trpc/session.login", { ...anonymous, origin: "http://localhost:8374" }, "POST"))).toBe(
      true,
    );
  });

  test("a cookie that is none does not help", () => {
    for (const value of ["", "short", "x y", '"><script>'])
      expect(ask("/", { ...anonymous, cookie: `${SESSION_COOKIE}=${value}` }).status).toBe(307);
  });
});

describe("pages", () => {
  test("carry a policy that allows nothing foreign and no inline script but with a fresh nonce", () => {
    const [first, second] = [ask("/", own), ask("/", own)].map((page) => page.headers.get("content-security-policy"));
    expect(first).not.toBe(second);
    const policy = new Map((first ?? "").split("; ").map((one) => [one.split(" ")[0], one.split(" ").slice(1)]));
    expect(policy.get("script-src")).toEqual(["'self'", expect.stringMatching(/^'nonce-[\w+/]{22}=='$/)]);
    for (const name of ["frame-ancestors", "object-src", "base-uri"]) expect(policy.get(name)).toEqual(["'none'"]);
    for (const name of ["default-src", "connect-src", "worker-src"]) expect(policy.get(name)).toEqual(["'self'"]);
    expect(first).not.toMatch(/https?:|unsafe-eval|\*/);
  });

  test("are rendered with that nonce", () => {
    const { headers } = ask("/", own);
    const nonce = headers.get("x-middleware-request-x-nonce");
    expect(headers.get("content-security-policy")).toContain(`'nonce-${nonce}'`);
    expect(headers.get("x-middleware-request-content-security-policy")).toBe(headers.get("content-security-policy"));
  });

  test("and everything else says how it is to be taken", () => {
    for (const path of paths) {
      const { headers } = ask(path, own);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("x-frame-options")).toBe("DENY");
      // Both are needed for memory that page and worker share.
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("cross-origin-embedder-policy")).toBe("require-corp");
    }
  });
});
