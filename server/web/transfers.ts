import { Readable } from "node:stream";
import { relativePathSchema } from "#lib/contracts/description.ts";
import { type Imported, importLimits } from "#lib/contracts/import.ts";
import { newDescriptionSchema } from "#lib/contracts/template.ts";
import { makeFile } from "#server/workspace/file-changes.ts";
import { splitId } from "#server/workspace/image-file.ts";
import { importDescription, type Upload } from "#server/workspace/import-description.ts";
import { getDescription } from "#server/workspace/read-description.ts";
import { downloadHeaders } from "./downloads.ts";
import { exportDescription } from "./export-description.ts";
import { guarded, sentence } from "./guarded.ts";

/** What the form around the files may take. */
const FORM_BYTES = 8 * 1024 ** 2;

/** The folder of the description `?description=` as an archive. */
export function handleExport(request: Request): Promise<Response> {
  return guarded(request, async ({ config }) => {
    const id = relativePathSchema.safeParse(new URL(request.url).searchParams.get("description"));
    if (!id.success) return sentence(404, "There is no such description.");
    const { name, archive } = await exportDescription(config.workspaceDir, id.data);
    return new Response(Readable.toWeb(archive) as ReadableStream<Uint8Array<ArrayBuffer>>, {
      headers: downloadHeaders(`${name}.tar.gz`, "application/gzip"),
    });
  });
}

/**
 * Makes a description of what is sent as a form: `folder`, and an `archive` or any number of `file`, named by their paths.
 * Answers with what has come, as `Imported`.
 */
export function handleImport(request: Request): Promise<Response> {
  return guarded(request, async ({ config }) => {
    const length = Number(request.headers.get("content-length") ?? Number.NaN);
    if (!(length <= importLimits.upload + FORM_BYTES))
      return sentence(413, `At most ${importLimits.upload / 1024 ** 2} MiB can be sent.`);
    const form = await request.formData().catch(() => null);
    if (!form) return sentence(400, "The upload did not arrive as a whole. Please try again.");
    const folder = newDescriptionSchema.shape.folder.safeParse(form.get("folder"));
    if (!folder.success) return sentence(400, `folder: ${folder.error.issues[0]?.message ?? "is missing"}`);
    const upload = await uploadOf(form);
    const imported: Imported = await importDescription(config.workspaceDir, folder.data, upload, {
      searchPath: config.searchPath,
    });
    return Response.json(imported, { headers: { "cache-control": "no-store" } });
  });
}

/** Makes the file `?path=` of the description `?description=` of the bytes that are sent. */
export function handleUpload(request: Request): Promise<Response> {
  return guarded(request, async ({ config }) => {
    const query = new URL(request.url).searchParams;
    const [id, path] = ["description", "path"].map((name) => relativePathSchema.safeParse(query.get(name)));
    if (!id?.success || !path?.success) return sentence(404, "There is no such place.");
    const length = Number(request.headers.get("content-length") ?? Number.NaN);
    if (!(length <= importLimits.upload))
      return sentence(413, `At most ${importLimits.upload / 1024 ** 2} MiB can be sent.`);
    const bytes = await request.arrayBuffer().catch(() => null);
    if (bytes?.byteLength !== length) return sentence(400, "The upload did not arrive as a whole. Please try again.");
    await getDescription(config.workspaceDir, id.data);
    await makeFile(config.workspaceDir, splitId(id.data).folder, path.data, new Uint8Array(bytes));
    return new Response(null, { status: 204 });
  });
}

async function uploadOf(form: FormData): Promise<Upload> {
  const bytesOf = async (file: File) => Buffer.from(await file.arrayBuffer());
  const archive = form.get("archive");
  if (archive instanceof File) return { kind: "archive", bytes: await bytesOf(archive) };
  const files = form.getAll("file").filter((file) => file instanceof File);
  return {
    kind: "files",
    files: await Promise.all(files.map(async (file) => ({ path: file.name, bytes: await bytesOf(file) }))),
  };
}
