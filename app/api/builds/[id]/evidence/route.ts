import { handleEvidence } from "#server/web/index.ts";

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return handleEvidence(request, await params);
}
