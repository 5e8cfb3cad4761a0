import { Readable } from "node:stream";
import type { Response as BuilderResponse } from "undici";
import { z } from "zod";
import { findFile } from "#lib/builds/inventory/find-file.ts";
import { billOfMaterials, type SbomFormat } from "#lib/builds/sbom.ts";
import { isFinal } from "#lib/builds/state.ts";
import { type Build, buildIdSchema } from "#lib/contracts/build.ts";
import { getBuild } from "#server/db/index.ts";
import { packagesOf } from "./build-contents.ts";
import { readInventory } from "./build-inventory.ts";
import { evidenceOf } from "./evidence.ts";
import { guarded, sentence } from "./guarded.ts";
import type { Services } from "./services.ts";

/** What the browser may ask of the builder about a file, and what it may learn. */
const forwardedRequest = ["range", "if-range", "if-none-match"];
const forwardedResponse = ["content-length", "content-range", "accept-ranges", "etag", "last-modified"];

const PLAIN = "text/plain; charset=utf-8";

const sbomFormatSchema = z.enum(["spdx", "cyclonedx"] satisfies SbomFormat[]);

/** A result file of a build, whole or in part. What a build made is never shown as a page of this origin. */
export function handleResult(request: Request, { id, name }: { id: string; name: string }): Promise<Response> {
  return guarded(request, async (services) => {
    const build = await findBuild(services, id);
    if (!build?.results.some((result) => result.name === name)) return sentence(404, "This build has no such file.");
    const answer = await services.builder.result(id, build.attempt, name, {
      method: request.method,
      headers: pick(request.headers, forwardedRequest),
      signal: request.signal,
    });
    return new Response(bodyOf(answer), {
      status: answer.status,
      headers: { ...pick(answer.headers, forwardedResponse), ...downloadHeaders(name, "application/octet-stream") },
    });
  });
}

/**
 * The stored log of a build's attempt (`?attempt=`, else the last one) as a text file: all of it, or the lines of
 * `?lines=10-20`; with `?raw=1` to be looked at in the browser, as text and nothing else.
 */
export function handleLog(request: Request, { id }: { id: string }): Promise<Response> {
  return guarded(request, async (services) => {
    const build = await findBuild(services, id);
    const asked = new URL(request.url).searchParams;
    const wanted = asked.get("attempt");
    const attempt = z.coerce
      .number()
      .int()
      .min(0)
      .max(1000)
      .safeParse(wanted ?? build?.attempt);
    if (!build || !attempt.success) return sentence(404, "There is no such build.");
    const lines = /^(\d{1,15})-(\d{1,15})$/.exec(asked.get("lines") ?? "");
    const [first, last] = [Number(lines?.[1] ?? 1), Number(lines?.[2])];
    if (first < 1 || last < first) return sentence(404, "There are no such lines.");
    const part = lines ? await services.builder.logs.bytes({ build: id, attempt: attempt.data, first, last }) : null;
    const options = { from: 0, ...part, follow: false, signal: request.signal };
    const log = await services.builder.log(id, attempt.data, options);
    if (!log) return sentence(404, "This build has no log.");
    const name = lines ? `build-${id}-lines-${first}-${last}.log` : `build-${id}.log`;
    const headers = downloadHeaders(name, PLAIN);
    if (asked.get("raw") === "1") headers["content-disposition"] = "inline";
    return new Response(Readable.toWeb(Readable.from(log.bytes)) as ReadableStream<Uint8Array<ArrayBuffer>>, {
      headers,
    });
  });
}

/** The bill of materials of a build's image, `?format=spdx` or `cyclonedx`. */
export function handleSbom(request: Request, { id }: { id: string }): Promise<Response> {
  return guarded(request, async (services) => {
    const build = await findBuild(services, id);
    const format = sbomFormatSchema.safeParse(new URL(request.url).searchParams.get("format"));
    if (!format.success) return sentence(400, "The format is spdx or cyclonedx.");
    const list = build && (await packagesOf(services, build));
    if (!list) return sentence(404, "This build has no list of packages.");
    const extension = format.data === "spdx" ? "spdx.json" : "cdx.json";
    return new Response(`${JSON.stringify(billOfMaterials(build, list, format.data), null, 2)}\n`, {
      headers: downloadHeaders(`${build.imageName ?? "image"}-${id}.${extension}`, "application/json"),
    });
  });
}

/**
 * One file out of a build's image, `?path=` from its root; with `?view=1` to be looked at in the browser, as text and
 * nothing else. Links are followed inside of the image.
 */
export function handleImageFile(request: Request, { id }: { id: string }): Promise<Response> {
  return guarded(request, async (services) => {
    const build = await findBuild(services, id);
    const asked = new URL(request.url).searchParams;
    const inventory = build && (await readInventory(services, build));
    const file = inventory && findFile(inventory, asked.get("path") ?? "");
    if (!build || !file) return sentence(404, "This build's image has no such file.");
    const answer = await services.builder.imageFile(id, build.attempt, file, { signal: request.signal });
    if (!answer.ok) return sentence(answer.status, (await answer.text()).trim());
    const view = asked.get("view") === "1";
    const headers = downloadHeaders(file.path.split("/").at(-1) ?? "file", view ? PLAIN : "application/octet-stream");
    if (view) headers["content-disposition"] = "inline";
    return new Response(bodyOf(answer), { headers: { ...headers, "content-length": String(file.size) } });
  });
}

/** What the serial console of a build's test drive has said, from the byte `?from=` on. */
export function handleConsole(request: Request, { id }: { id: string }): Promise<Response> {
  return guarded(request, async (services) => {
    const build = await findBuild(services, id);
    const from = z.coerce
      .number()
      .int()
      .min(0)
      .safeParse(new URL(request.url).searchParams.get("from") ?? 0);
    if (!build || !from.success) return sentence(404, "There is no such build.");
    return passedOn(
      await services.builder.drives.console({ build: id, attempt: build.attempt, from: from.data }),
      PLAIN,
    );
  });
}

/** What the screen of a build's test drive shows. */
export function handleScreen(request: Request, { id }: { id: string }): Promise<Response> {
  return guarded(request, async (services) => {
    const build = await findBuild(services, id);
    if (!build) return sentence(404, "There is no such build.");
    return passedOn(await services.builder.drives.screen({ build: id, attempt: build.attempt }), "image/png");
  });
}

async function passedOn(answer: BuilderResponse, type: string): Promise<Response> {
  if (!answer.ok) return sentence(answer.status, (await answer.text()).trim());
  return new Response(bodyOf(answer), {
    headers: { ...downloadHeaders("test-drive", type), "cache-control": "no-store", "content-disposition": "inline" },
  });
}

/** Everything that tells how a finished build's image was made, as one archive. */
export function handleEvidence(request: Request, { id }: { id: string }): Promise<Response> {
  return guarded(request, async (services) => {
    const build = await findBuild(services, id);
    if (!build || !isFinal(build.state)) return sentence(404, "There is no such build that has ended.");
    const archive = Readable.toWeb(evidenceOf(services, build)) as ReadableStream<Uint8Array<ArrayBuffer>>;
    const name = `${build.imageName ?? "image"}-${id}.tar.gz`;
    return new Response(archive, { headers: downloadHeaders(name, "application/gzip") });
  });
}

async function findBuild(services: Services, id: string): Promise<Build | null> {
  return buildIdSchema.safeParse(id).success ? getBuild(await services.database(), id) : null;
}

/** What goes with a file that is saved by the browser, never shown. */
export function downloadHeaders(name: string, type: string): Record<string, string> {
  const plain = name.replace(/[^\w.+-]/g, "_");
  return {
    "content-type": type,
    "content-disposition": `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-transform",
  };
}

function pick(headers: { get(name: string): string | null }, names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** The two stream types differ in name only. */
function bodyOf(answer: BuilderResponse): ReadableStream<Uint8Array<ArrayBuffer>> | null {
  return answer.body as ReadableStream<Uint8Array<ArrayBuffer>> | null;
}
