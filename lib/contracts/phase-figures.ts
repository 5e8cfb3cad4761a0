import { z } from "zod";

/**
 * One phase of a build with what it took, by the counters of the build's own control group. A figure is absent where the
 * kernel does not count it for the group; 0 means that it was counted.
 */
export const phaseFiguresSchema = z.object({
  id: z.string(),
  label: z.string(),
  startedAt: z.iso.datetime(),
  /** Null where the build was over before anybody could tell. */
  endedAt: z.iso.datetime().nullable(),
  cpuSeconds: z.number().optional(),
  /** As the kernel charges it: with what it keeps of files. */
  peakMemoryBytes: z.number().optional(),
  diskWrittenBytes: z.number().optional(),
  networkReceivedBytes: z.number().optional(),
});
export type PhaseFigures = z.infer<typeof phaseFiguresSchema>;
