import { test as base } from "@playwright/test";
import { rawRequest } from "./http.ts";
import { type Product, startProduct } from "./product.ts";

interface ForEach {
  /** The session cookie of a logged-in browser, for requests by hand. */
  cookie: string;
}

interface ForWorker {
  product: Product;
  session: string;
}

/** Tests with one running product for all of them; `page` is logged in. */
export const test = base.extend<ForEach, ForWorker>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      const product = await startProduct();
      await use(product);
      await product.stop();
    },
    { scope: "worker", timeout: 600_000 },
  ],
  session: [
    async ({ product }, use) => {
      const token = new URL(await product.loginAddress()).hash.replace("#token=", "");
      const answer = await rawRequest(product.port, "/api/trpc/session.login", {
        method: "POST",
        headers: { host: `127.0.0.1:${product.port}`, origin: product.origin, "content-type": "application/json" },
        body: JSON.stringify({ token }),
      });
      const cookie = [answer.headers["set-cookie"]].flat()[0]?.split(";")[0];
      if (cookie === undefined) throw new Error(`no cookie after the login: ${answer.status} ${answer.body}`);
      await use(cookie);
    },
    { scope: "worker" },
  ],
  cookie: async ({ session }, use) => use(session),
  baseURL: async ({ product }, use) => use(product.origin),
  context: async ({ context, product, session }, use) => {
    const [name = "", value = ""] = session.split(/=(.*)/s);
    await context.addCookies([{ name, value, url: product.origin, httpOnly: true, sameSite: "Strict" }]);
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: product.origin });
    await use(context);
  },
});

export { expect } from "@playwright/test";
