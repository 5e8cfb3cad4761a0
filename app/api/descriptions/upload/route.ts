import { handleUpload } from "#server/web/index.ts";

export async function POST(request: Request): Promise<Response> {
  return handleUpload(request);
}
