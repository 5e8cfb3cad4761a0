import type { RuntimeName, RuntimeStatus } from "../contracts/runtime.ts";
import { needsLoopDevice } from "../kiwi/loop-devices.ts";

/** What of a build decides which runtime serves it. */
export interface RuntimeNeeds {
  /** The `image=` value. */
  type: string;
  packageManager: string | null;
  kiwiVersion: string;
}

/** Why a runtime cannot be used for a build, as a sentence; null where it can. */
export function runtimeObstacle(
  name: RuntimeName,
  needs: Omit<RuntimeNeeds, "packageManager">,
  statuses: readonly RuntimeStatus[],
): string | null {
  const status = statuses.find((one) => one.name === name);
  if (status === undefined) return "The builder is still trying out what it has.";
  return status.obstacle ?? (name === "user-namespace" ? userNamespaceObstacle(needs) : null);
}

function userNamespaceObstacle({ type, kiwiVersion }: Omit<RuntimeNeeds, "packageManager">): string | null {
  if (needsLoopDevice(type))
    return `Images of the type "${type}" are made on loop devices, which no user without rights on the host can have.`;
  // 9 begins a Debian with debootstrap, which makes devices.
  if (major(kiwiVersion) < 10) return `KIWI ${kiwiVersion} makes devices; KIWI 10 or newer is needed.`;
  return null;
}

/**
 * The runtime of a build: what was wished for, else the one that protects the host best among those that are known to make
 * the same image as KIWI alone. Says why where a wish cannot be followed.
 */
export function chooseRuntime(
  wish: RuntimeName | undefined,
  needs: RuntimeNeeds,
  statuses: readonly RuntimeStatus[],
): { runtime: RuntimeName } | { problem: string } {
  if (wish !== undefined) {
    const obstacle = runtimeObstacle(wish, needs, statuses);
    return obstacle === null ? { runtime: wish } : { problem: obstacle };
  }
  const proven = needs.packageManager === "apt" && major(needs.kiwiVersion) >= 11;
  return {
    runtime: proven && runtimeObstacle("user-namespace", needs, statuses) === null ? "user-namespace" : "namespaces",
  };
}

const major = (version: string) => Number.parseInt(version, 10);
