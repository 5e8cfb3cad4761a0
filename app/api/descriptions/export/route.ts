import { handleExport } from "#server/web/index.ts";

export async function GET(request: Request): Promise<Response> {
  return handleExport(request);
}
