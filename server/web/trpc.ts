import { initTRPC } from "@trpc/server";
import type { Context } from "./context.ts";
import { toApiError } from "./errors.ts";
import { FaultyDescription } from "./judge-snapshot.ts";

/** The one tRPC instance of the web application. Streams ping so that both ends notice a dead connection. */
export const trpc = initTRPC.context<Context>().create({
  isDev: false,
  sse: { ping: { enabled: true, intervalMs: 5_000 }, client: { reconnectAfterInactivityMs: 20_000 } },
  errorFormatter({ shape, error }) {
    const problems = error.cause instanceof FaultyDescription ? error.cause.problems : undefined;
    const data = { ...shape.data, problems };
    // Errors of streams do not pass the procedures' middleware; here every message is a readable one.
    const message = error.code === "BAD_REQUEST" ? toApiError(error).message : shape.message;
    return { ...shape, message, data };
  },
});

export const router = trpc.router;
