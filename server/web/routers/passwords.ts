import { z } from "zod";
import { hashPassword } from "#server/platform/password-hash.ts";
import { procedure } from "../procedures.ts";
import { router } from "../trpc.ts";

/** In bytes of UTF-8: what hashing takes into account. */
const LONGEST = 255;

const passwordSchema = z
  .string()
  .min(1, "A password needs at least one character.")
  .refine((text) => Buffer.byteLength(text) <= LONGEST, `A password must not be longer than ${LONGEST} bytes.`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  .refine((text) => !/[\u0000-\u001f]/.test(text), "A password is one line without control characters.");

export const passwordsRouter = router({
  /** Changes nothing; a mutation so that the password stands in no address. */
  hash: procedure
    .input(z.object({ password: passwordSchema }))
    .output(z.string())
    .mutation(({ input }) => hashPassword(input.password)),
});
