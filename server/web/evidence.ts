import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { imageFiles, listKeys } from "#lib/builds/result-files.ts";
import { billOfMaterials } from "#lib/builds/sbom.ts";
import type { Build } from "#lib/contracts/build.ts";
import { blobPath } from "#server/workspace/blob-store.ts";
import { readManifest } from "#server/workspace/snapshot-file.ts";
import { packagesOf } from "./build-contents.ts";
import type { Services } from "./services.ts";
import { tarEnd, tarHeader, tarPadding } from "./tar.ts";

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Everything that tells how an image was made, as one archive: the description as it was built, the log, what was used and
 * asked for, the lists beside the image, its bills of materials, and the checksums of all that and of the image itself.
 * The same build gives the same archive. Throws BuilderUnreachable.
 */
export function evidenceOf(services: Services, build: Build): Readable {
  const archive = createGzip();
  // What goes wrong breaks the archive off, and whoever reads it learns that.
  pipeline(Readable.from(entries(services, build)), archive, () => undefined);
  return archive;
}

async function* entries(services: Services, build: Build): AsyncGenerator<Uint8Array> {
  const folder = `${build.imageName ?? "image"}-${build.id}`;
  const written = Math.floor(Date.parse(build.endedAt ?? build.queuedAt) / 1000);
  const sums: string[] = [];
  async function* file(path: string, size: number, bytes: Bytes, mode = 0o644): AsyncGenerator<Uint8Array> {
    const hash = createHash("sha256");
    yield tarHeader({ path: `${folder}/${path}`, size, mode, written });
    let sent = 0;
    for await (const chunk of bytes) {
      hash.update(chunk);
      sent += chunk.length;
      yield chunk;
    }
    // An archive with a wrong size in the middle could not be read behind it.
    if (sent !== size) throw new Error(`${path} has ${sent} bytes in the place of ${size}`);
    yield tarPadding(size);
    sums.push(`${hash.digest("hex")}  ${path}`);
  }
  const text = (path: string, content: string) => {
    const bytes = Buffer.from(content);
    return file(path, bytes.length, [bytes]);
  };

  yield* text("build.json", `${JSON.stringify(build, null, 2)}\n`);
  const { snapshots } = services.config.paths;
  const manifest = await readManifest(snapshots, build.snapshot);
  for (const entry of manifest?.entries ?? []) {
    const path = `description/${entry.path}`;
    if (entry.kind === "file")
      yield* file(path, entry.size, createReadStream(blobPath(snapshots, entry.sha256)), entry.mode);
    else if (entry.kind === "directory")
      yield tarHeader({ path: `${folder}/${path}`, kind: "directory", size: 0, mode: entry.mode, written });
    else
      yield tarHeader({ path: `${folder}/${path}`, kind: "link", target: entry.target, size: 0, mode: 0o777, written });
  }
  const log = await services.builder.log(build.id, build.attempt, { from: 0, follow: false, signal: undefined });
  if (log !== null && build.logBytes !== null) yield* file("build.log", build.logBytes, log.bytes);
  for (const result of build.results.filter(({ key }) => Object.values<string>(listKeys).includes(key))) {
    const answer = await services.builder.result(build.id, build.attempt, result.name, {});
    if (answer.ok && answer.body) yield* file(result.name, result.size, answer.body as AsyncIterable<Uint8Array>);
    else await answer.body?.cancel();
  }
  const list = await packagesOf(services, build);
  if (list !== null) {
    yield* text("sbom.spdx.json", `${JSON.stringify(billOfMaterials(build, list, "spdx"), null, 2)}\n`);
    yield* text("sbom.cdx.json", `${JSON.stringify(billOfMaterials(build, list, "cyclonedx"), null, 2)}\n`);
  }
  const image = imageFiles(build).map(({ sha256, name }) => `${sha256}  ${name}`);
  yield* text("IMAGE-SHA256SUMS", image.map((line) => `${line}\n`).join(""));
  yield* text("SHA256SUMS", sums.map((line) => `${line}\n`).join(""));
  yield tarEnd;
}
