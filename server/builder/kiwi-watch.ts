import type { KiwiInstallation } from "#lib/contracts/builder.ts";
import { findKiwi } from "#server/kiwi/index.ts";
import type { Config } from "#server/platform/config.ts";

/** Milliseconds after which a missing KIWI is looked for again, and a found one examined again. */
const LOOK_FOR = 15_000;
const EXAMINE = 600_000;

/** The KIWI of this host, looked up anew from time to time, as people install and upgrade it while we run. */
export function createKiwiWatch(config: Config) {
  let installation: KiwiInstallation | null = null;
  let problem: string | null = "The builder is looking for KIWI.";
  let nextLook = 0;
  return {
    installation: () => installation,
    problem: () => problem,
    /** Looks when it is time to. */
    async refresh(now = Date.now()): Promise<void> {
      if (now < nextLook) return;
      const found = await findKiwi(config);
      installation = "problem" in found ? null : found;
      problem = "problem" in found ? found.problem : null;
      nextLook = now + (installation === null ? LOOK_FOR : EXAMINE);
    },
  };
}
