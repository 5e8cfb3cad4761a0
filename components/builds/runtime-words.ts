import type { RuntimeName } from "#lib/contracts/runtime.ts";

/** What keeps a build apart from its host, in words. */
export const runtimeWords: Record<RuntimeName, string> = {
  "user-namespace": "user namespace (no root on the host)",
  namespaces: "namespaces (root on the host)",
  box: "virtual machine",
  host: "nothing (directly on the host)",
};
