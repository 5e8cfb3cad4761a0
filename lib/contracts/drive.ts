import { z } from "zod";

/** How a test drive is wished for. */
export const driveWishSchema = z.object({
  firmware: z.enum(["bios", "efi"]).default("bios"),
  /** MiB. */
  memory: z.int().min(256).max(16_384).default(1024),
});
export type DriveWish = z.infer<typeof driveWishSchema>;

/** A machine that has been started from an image, or has ended; it never changes the image. */
export const driveStateSchema = z.object({
  /** The result that it was started from. */
  image: z.string(),
  running: z.boolean(),
  startedAt: z.iso.datetime(),
  /** When it is ended at the latest; of one that has ended, when that was. */
  endsAt: z.iso.datetime(),
  /** Why it has ended; null while it runs. */
  reason: z.string().nullable(),
  /** With the processor's help, or emulated, which is many times slower. */
  accelerated: z.boolean(),
  /** Seconds until somebody could log in on the serial console; null where that has not happened. */
  loginSeconds: z.number().nullable(),
  /** Services that the console has said to have failed. */
  failedUnits: z.array(z.string()),
});
export type DriveState = z.infer<typeof driveStateSchema>;
