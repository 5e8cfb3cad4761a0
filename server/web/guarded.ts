import type { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { sessionValue } from "./cookie.ts";
import { toApiError } from "./errors.ts";
import { type Services, services } from "./services.ts";

/** Answers a request that is not RPC: only for whoever has logged in; errors as one sentence of plain text. */
export function guarded(request: Request, answer: (services: Services) => Promise<Response>): Promise<Response> {
  return answered(async () => {
    const value = sessionValue(request.headers);
    const session = value === undefined ? null : await services().sessions.find(value);
    return session ? await answer(services()) : sentence(401, "Please log in.");
  });
}

/** Answers whoever asks; errors as one sentence of plain text. */
export async function answered(answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    const refusal: TRPCError = toApiError(error);
    return sentence(getHTTPStatusCodeFromError(refusal), refusal.message);
  }
}

export function sentence(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });
}
