import { z } from "zod";
import { SHELL_CHECK_LIMIT, shellCheckSchema } from "#lib/contracts/shell-check.ts";
import { procedure } from "../procedures.ts";
import { router } from "../trpc.ts";

export const scriptsRouter = router({
  /** Changes nothing; a mutation because the text of a script is too long for an address. */
  check: procedure
    .input(z.object({ text: z.string().max(SHELL_CHECK_LIMIT) }))
    .output(shellCheckSchema)
    .mutation(({ ctx, input }) => ctx.services.scripts.check(input.text)),
});
