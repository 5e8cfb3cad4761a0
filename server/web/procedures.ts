import { TRPCError } from "@trpc/server";
import { clearSessionCookie } from "./cookie.ts";
import { toApiError } from "./errors.ts";
import { trpc } from "./trpc.ts";

/** For everybody: only what logging in needs. */
export const publicProcedure = trpc.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw toApiError(result.error);
  return result;
});

/** For whoever has logged in. */
export const procedure = publicProcedure.use(async ({ ctx, next }) => {
  const session = ctx.sessionValue === undefined ? null : await ctx.services.sessions.find(ctx.sessionValue);
  if (!session) {
    // The cookie is worth nothing any more; without it the pages lead to the login page by themselves.
    if (ctx.sessionValue !== undefined) ctx.setHeader("set-cookie", clearSessionCookie());
    throw new TRPCError({
      code: "UNAUTHORIZED",
      message: "Please log in with the address that KIWI Workbench printed when it was started.",
    });
  }
  return next({ ctx: { ...ctx, user: session.user } });
});
