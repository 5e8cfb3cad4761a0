import { handleImport } from "#server/web/index.ts";

export async function POST(request: Request): Promise<Response> {
  return handleImport(request);
}
