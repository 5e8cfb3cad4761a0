import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { expect, test } from "./support/fixtures.ts";
import { rawRequest } from "./support/http.ts";

/** What a stranger on the network, a hostile page in the same browser, or a hostile description may try. */

test("only this machine is listened to", async ({ product }) => {
  const others = Object.values(networkInterfaces())
    .flat()
    .filter((address) => address !== undefined && !address.internal && address.family === "IPv4");
  for (const address of others) {
    const answer = await new Promise<string>((resolve) => {
      const socket = createConnection({ host: address?.address ?? "", port: product.port });
      socket.on("connect", () => {
        socket.destroy();
        resolve("connected");
      });
      socket.on("error", () => resolve("refused"));
    });
    expect(answer, `from ${address?.address}`).toBe("refused");
  }
});

test("the web process is not root, and the builder's socket is closed to strangers", async ({ product }) => {
  const owner = execFileSync("ps", ["-o", "user=", "-p", String(product.pid("web"))], { encoding: "utf8" }).trim();
  expect(owner).not.toBe("root");
  const mode = execFileSync("stat", ["-c", "%a", join(product.dataDir, "run/builder.sock")], { encoding: "utf8" });
  expect(mode.trim()).toMatch(/0$/);
});

test("a foreign Host name is refused on pages, API and streams (DNS rebinding)", async ({ product, cookie }) => {
  for (const path of ["/", "/login", "/api/trpc/session.me", "/api/trpc/builds.changes", "/api/schema"]) {
    const answer = await rawRequest(product.port, path, { headers: { host: "evil.example", cookie } });
    expect(answer.status, path).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain("kiwi-workbench-session");
  }
  const known = await rawRequest(product.port, "/", { headers: { host: `localhost:${product.port}`, cookie } });
  expect(known.status).toBe(200);
});

test("a foreign Origin can neither change anything nor read a stream", async ({ product, cookie }) => {
  const host = `127.0.0.1:${product.port}`;
  const foreign = { host, cookie, origin: "http://evil.example", "content-type": "application/json" };
  const start = await rawRequest(product.port, "/api/trpc/builds.start", {
    method: "POST",
    headers: foreign,
    body: JSON.stringify({ description: "x/config.xml" }),
  });
  expect(start.status).toBe(403);
  const stream = await rawRequest(product.port, "/api/trpc/builds.changes", {
    headers: { ...foreign, accept: "text/event-stream" },
  });
  expect(stream.status).toBe(403);
  const crossSite = await rawRequest(product.port, "/api/trpc/builds.changes", {
    headers: { host, cookie, accept: "text/event-stream", "sec-fetch-site": "cross-site" },
  });
  expect(crossSite.status).toBe(403);
});

test("without a login there is nothing but the login page", async ({ product }) => {
  const host = `127.0.0.1:${product.port}`;
  const page = await rawRequest(product.port, "/", { headers: { host } });
  expect([302, 303, 307]).toContain(page.status);
  expect(String(page.headers.location)).toMatch(/\/login$|\/login\?/);
  for (const path of [
    "/api/trpc/descriptions.list",
    "/api/trpc/session.me",
    "/api/schema",
    "/api/builds/00000000-0000-4000-8000-000000000000/log",
    "/api/builds/00000000-0000-4000-8000-000000000000/files/x",
  ]) {
    const answer = await rawRequest(product.port, path, { headers: { host } });
    expect(answer.status, path).toBe(401);
  }
});

test("a login token works once, and its cookie is kept from scripts and other sites", async ({ product }) => {
  const token = new URL(await product.loginAddress()).hash.replace("#token=", "");
  const login = () =>
    rawRequest(product.port, "/api/trpc/session.login", {
      method: "POST",
      headers: {
        host: `127.0.0.1:${product.port}`,
        origin: product.origin,
        "content-type": "application/json",
      },
      body: JSON.stringify({ token }),
    });
  const first = await login();
  expect(first.status).toBe(200);
  const cookie = String(first.headers["set-cookie"]);
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Strict/i);
  expect((await login()).status).toBe(401);
});

test("the content security policy allows no foreign host and no inline script, and no page breaks it", async ({
  page,
  product,
}) => {
  const violations: string[] = [];
  const foreign: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(product.origin) && !/^(data|blob):/.test(request.url())) foreign.push(request.url());
  });
  mkdirSync(join(product.workspace, "policy"), { recursive: true });
  writeFileSync(join(product.workspace, "policy/config.xml"), `<image schemaversion="8.5" name="policy"/>`);
  for (const path of ["/", "/builds", "/builder", "/descriptions/policy/config.xml", "/login"]) {
    const answer = await page.goto(path);
    const policy = answer?.headers()["content-security-policy"] ?? "";
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? "";
    expect(scripts, path).toContain("'nonce-");
    expect(scripts, path).not.toContain("unsafe");
    expect(policy).not.toMatch(/https?:\/\//);
    expect(policy).toContain("frame-ancestors 'none'");
    await page.waitForLoadState("networkidle").catch(() => undefined);
  }
  expect(violations).toEqual([]);
  expect(foreign).toEqual([]);
});

test("no path leaves its description, links included", async ({ product, cookie }) => {
  const folder = join(product.workspace, "climber");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "config.xml"), `<image schemaversion="8.5" name="climber"/>`);
  symlinkSync("/etc/passwd", join(folder, "passwd"));
  symlinkSync("/etc", join(folder, "etc"));
  const headers = { host: `127.0.0.1:${product.port}`, cookie };
  const read = (description: string, path: string) =>
    rawRequest(
      product.port,
      `/api/trpc/files.read?input=${encodeURIComponent(JSON.stringify({ description, path }))}`,
      { headers },
    );
  expect((await read("climber/config.xml", "config.xml")).status).toBe(200);
  for (const [description, path] of [
    ["climber/config.xml", "passwd"],
    ["climber/config.xml", "etc/passwd"],
    ["climber/config.xml", "../../../../../etc/passwd"],
    ["climber/config.xml", "/etc/passwd"],
    ["../../../../etc/passwd", "passwd"],
    ["climber/config.xml", "config.xml\0.txt"],
  ] as const) {
    const answer = await read(description, path);
    expect(answer.status, `${description} ${path}`).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain("root:");
  }
  const write = await rawRequest(product.port, "/api/trpc/files.write", {
    method: "POST",
    headers: { ...headers, origin: product.origin, "content-type": "application/json" },
    body: JSON.stringify({ description: "climber/config.xml", path: "etc/owned", text: "x", version: null }),
  });
  expect(write.status).toBeGreaterThanOrEqual(400);
  for (const name of ["..%2f..%2f0%2fspec.json", "%2e%2e%2fexit.json", "%2fetc%2fpasswd"]) {
    const file = await rawRequest(product.port, `/api/builds/00000000-0000-4000-8000-000000000000/files/${name}`, {
      headers,
    });
    expect(file.status, name).toBeGreaterThanOrEqual(400);
  }
});
