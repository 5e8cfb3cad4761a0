import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { openInside } from "#server/platform/safe-path.ts";
import { canBeNamed, takeFile } from "../image-files/read-file.ts";
import { wayInto } from "../image-files/ways.ts";
import { readExit } from "../runner/attempt-folder.ts";
import { refuse } from "./respond.ts";

/** Sends one file out of an attempt's image: `size` bytes of it, as many as it has. */
export async function sendImageFile(
  response: ServerResponse,
  dir: string,
  { path, size }: { path: string; size: number },
): Promise<void> {
  const results = (await readExit(dir))?.results ?? [];
  if (!canBeNamed(path)) return refuse(response, 409, "A file of such a name cannot be taken out of an image.");
  for (const { key, name } of results) {
    const image = await openInside(join(dir, "results"), name).catch(() => null);
    if (image === null) continue;
    try {
      const way = await wayInto(image, key, name);
      if (way === null) continue;
      const { bytes, stop } = await takeFile(image, way, path);
      response.once("close", stop);
      response.writeHead(200, { "content-type": "application/octet-stream", "content-length": size });
      let left = size;
      for await (const chunk of bytes as AsyncIterable<Buffer>) {
        if (!response.write(chunk.subarray(0, left)))
          await new Promise((go) => response.once("drain", go).once("close", go));
        left -= Math.min(left, chunk.length);
        if (left === 0 || response.destroyed) break;
      }
      stop();
      // Fewer bytes than were announced: the reader sees a broken answer.
      return void (left === 0 ? response.end() : response.destroy());
    } finally {
      await image.close();
    }
  }
  return refuse(response, 409, "Single files cannot be taken out of an image of this type: download it as a whole.");
}
