import type { NextApiRequest, NextApiResponse } from "next";
import { handleResult, sendResponse, toRequest } from "#server/web/index.ts";

/**
 * A result file. It stands here and not below `app/`, because route handlers there lose Content-Length, and without it
 * a browser cannot show how far a download of gigabytes has come.
 */
export default async function handler(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  const { id, name } = request.query;
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.status(405).end();
    return;
  }
  const answer = await handleResult(toRequest(request, response), { id: String(id), name: String(name) });
  await sendResponse(request, response, answer);
}

export const config = { api: { bodyParser: false, responseLimit: false, externalResolver: true } };
