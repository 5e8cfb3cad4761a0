import { type Imported, importedSchema } from "#lib/contracts/import.ts";
import type { ImportSource } from "./import-source.ts";

/**
 * Sends what is to be brought in into a new folder. Throws an error with the server's sentence where it is refused.
 *
 * @param onProgress told which part, 0 to 1, has left
 */
export function sendImport(
  folder: string,
  source: ImportSource,
  { onProgress, signal }: { onProgress(part: number): void; signal: AbortSignal },
): Promise<Imported> {
  const form = new FormData();
  form.append("folder", folder);
  if (source.kind === "archive") form.append("archive", source.file);
  else for (const { path, file } of source.files) form.append("file", file, path);
  // The browser tells of the way of an upload only here, not with fetch.
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
    request.addEventListener("load", () => {
      if (request.status === 200) resolve(importedSchema.parse(JSON.parse(request.responseText)));
      else reject(new Error(request.responseText.trim() || `The server answered with ${request.status}.`));
    });
    request.addEventListener("error", () => reject(new Error("failed to fetch")));
    request.addEventListener("abort", () => reject(new Error("The upload was stopped.")));
    signal.addEventListener("abort", () => request.abort());
    request.open("POST", "/api/descriptions/import");
    request.send(form);
  });
}
