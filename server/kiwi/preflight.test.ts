import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuildNeeds, preflightReportSchema } from "#lib/contracts/preflight.ts";
import { loadConfig } from "#server/platform/config.ts";
import { runPreflight } from "./preflight.ts";

const server = createServer((request, response) => {
  response.statusCode = ["/good/dists/trixie/InRelease", "/rpm/repodata/repomd.xml", "/key"].includes(request.url ?? "")
    ? 200
    : 404;
  response.end();
});
let base = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const plain: BuildNeeds = {
  ...{ type: "tbz", firmware: "bios", lvm: false, luks: false, filesystem: null },
  ...{ packageManager: null, repositories: [] },
};
const run = async (needs: Partial<BuildNeeds>) =>
  preflightReportSchema.parse(await runPreflight(loadConfig({ PATH: process.env["PATH"] }), { ...plain, ...needs }));

test("repositories and keys are asked as their package manager will ask them", async () => {
  const { checks, ready } = await run({
    repositories: [
      {
        source: `${base}/good/`,
        type: "apt-deb",
        distribution: "trixie",
        keys: ["file:///nonexistent.gpg", `${base}/key`],
      },
      { source: `${base}/good`, type: "apt-deb", distribution: "sarge", keys: [] },
      { source: `${base}/rpm`, type: "rpm-md", distribution: null, keys: [] },
      { source: "http://127.0.0.1:1/", type: "rpm-md", distribution: null, keys: [] },
      { source: "obs://a/b", type: "rpm-md", distribution: null, keys: [] },
    ],
  });
  const states = checks.filter(({ name }) => name === "Repository" || name === "Key").map(({ state }) => state);
  expect(states).toEqual(["fine", "missing", "fine", "missing", "unknown", "missing", "fine"]);
  expect(ready).toBe(false);
});

test("a login is not shown", async () => {
  const report = await run({
    repositories: [{ source: "https://me:pw@host/", type: null, distribution: null, keys: [] }],
  });
  expect(JSON.stringify(report)).not.toContain("pw");
});

test("a type that no host can make is missing, with the reason", async () => {
  const { ready, checks } = await run({ type: "appx" });
  expect(ready).toBe(false);
  expect(checks.find(({ name }) => name === "Image type")).toMatchObject({ state: "missing" });
});

test("a disk needs what its firmware and volumes need", async () => {
  const disk = await run({ type: "oem", firmware: "efi", lvm: true });
  expect(disk.checks.find(({ name }) => name === "Image type")?.message).toBe("Known: oem (efi), oem (lvm).");
});
