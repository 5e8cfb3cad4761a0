import { handleConsole } from "#server/web/index.ts";

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return handleConsole(request, await params);
}
