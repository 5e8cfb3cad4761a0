import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { redeemLoginToken } from "#server/db/index.ts";
import manifest from "../../../package.json" with { type: "json" };
import { clearSessionCookie, setSessionCookie } from "../cookie.ts";
import { procedure, publicProcedure } from "../procedures.ts";
import { router } from "../trpc.ts";

const meSchema = z.object({ user: z.string(), version: z.string() });
const { version } = manifest;

export const sessionRouter = router({
  me: procedure.output(meSchema).query(({ ctx }) => ({ user: ctx.user, version })),
  login: publicProcedure
    .input(z.object({ token: z.string().min(1).max(256) }))
    .output(meSchema)
    .mutation(async ({ ctx, input }) => {
      const session = await redeemLoginToken(await ctx.services.database(), input.token);
      if (!session)
        throw new TRPCError({
          code: "UNAUTHORIZED",
          message: "This login link was used before or has expired. Run `kiwi-workbench login` for a new one.",
        });
      ctx.setHeader("set-cookie", setSessionCookie(session.value, session.expiresAt));
      return { user: session.user, version };
    }),
  logout: procedure.mutation(async ({ ctx }) => {
    if (ctx.sessionValue !== undefined) await ctx.services.sessions.end(ctx.sessionValue);
    ctx.setHeader("set-cookie", clearSessionCookie());
  }),
});
