import { createHash } from "node:crypto";
import { fetch } from "undici";
import type { RepositoryNeeds } from "#lib/contracts/preflight.ts";
import type { Sources } from "#lib/contracts/sources.ts";
import { repositoryAgent, repositoryIndex } from "./repository-index.ts";

/** Milliseconds that a server has: a build must not wait long for what only spares a later one. */
const PATIENCE = 3_000;

/** What repositories hold at the moment, all asked at the same time. */
export async function repositoryStates(
  repositories: readonly RepositoryNeeds[],
  proxy: Readonly<Record<string, string>>,
): Promise<Sources> {
  const agent = repositoryAgent(proxy, PATIENCE);
  const read = async (url: string): Promise<string | null> => {
    const response = await fetch(url, { dispatcher: agent, signal: AbortSignal.timeout(PATIENCE) });
    return response.ok
      ? createHash("sha256")
          .update(new Uint8Array(await response.arrayBuffer()))
          .digest("hex")
      : null;
  };
  const stateOf = async (repository: RepositoryNeeds): Promise<string | null> => {
    // Variables are replaced by the package manager, and a login is KIWI's business.
    if (!/^https?:\/\/[^@$%{}]+$/.test(repository.source)) return null;
    for (const place of repositoryIndex(repository)) {
      const state = await read(place).catch(() => null);
      if (state !== null) return state;
    }
    return null;
  };
  try {
    const named = repositories.map(async (one) => [nameOf(one), await stateOf(one)] as const);
    return Object.fromEntries(await Promise.all(named));
  } finally {
    await agent.destroy();
  }
}

/** Several distributions may lie at one address. */
function nameOf({ source, distribution }: RepositoryNeeds): string {
  const shown = source.replace(/:\/\/[^/@]*@/, "://");
  return distribution === null ? shown : `${shown} ${distribution}`;
}
