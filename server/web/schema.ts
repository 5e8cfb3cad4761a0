import type { SchemaText } from "#lib/contracts/builder.ts";
import { guarded, sentence } from "./guarded.ts";

/** The RELAX NG schema of the installed KIWI, for the language worker: JSON, kept by its content's name. */
export function handleSchema(request: Request): Promise<Response> {
  return guarded(request, async ({ builder }) => {
    const schema = await builder.schema();
    if (!schema) return sentence(503, "No KIWI is installed on the builder, so there is no schema.");
    const headers = { etag: versionOf(schema), "cache-control": "private, no-cache" };
    if (request.headers.get("if-none-match") === headers.etag) return new Response(null, { status: 304, headers });
    return Response.json(schema, { headers });
  });
}

/** The same schema means something else to another KIWI, and to one that has learnt to read another format. */
function versionOf({ sha256, kiwiVersion, formats, xmlThroughMarkup }: SchemaText): string {
  return `"${[sha256, kiwiVersion, formats.join("+"), xmlThroughMarkup].join("-")}"`;
}
