import { access } from "node:fs/promises";
import { fetch } from "undici";
import type { PreflightCheck, RepositoryNeeds } from "#lib/contracts/preflight.ts";
import { repositoryAgent, repositoryIndex } from "./repository-index.ts";

/** Milliseconds that a server has for its answer: the whole look is to take less than ten seconds. */
const PATIENCE = 5_000;

/** Asks every repository, and every place of a key, whether it is there; all at the same time. */
export async function checkRepositories(
  repositories: readonly RepositoryNeeds[],
  proxy: Readonly<Record<string, string>>,
): Promise<PreflightCheck[]> {
  const agent = repositoryAgent(proxy, PATIENCE);
  const ask: Ask = async (url) => {
    const response = await fetch(url, { method: "HEAD", dispatcher: agent, signal: AbortSignal.timeout(PATIENCE) });
    return response.ok || response.status === 405 ? null : `the server answers ${response.status}`;
  };
  try {
    const keys = [...new Set(repositories.flatMap((repository) => repository.keys))];
    return await Promise.all([
      ...repositories.map((repository) => checkRepository(repository, ask)),
      ...keys.map((key) => checkPlace("Key", key, [key], ask)),
    ]);
  } finally {
    await agent.destroy();
  }
}

/** What is wrong with an address; null for nothing. */
type Ask = (url: string) => Promise<string | null>;

function checkRepository({ source, type, distribution }: RepositoryNeeds, ask: Ask): Promise<PreflightCheck> {
  const places = /^https?:/.test(source) ? repositoryIndex({ source, type, distribution }) : [];
  return checkPlace("Repository", source, places.length === 0 ? [source] : places, ask);
}

/** Fine when one of the places is there. */
async function checkPlace(name: string, written: string, places: readonly string[], ask: Ask): Promise<PreflightCheck> {
  const shown = written.replace(/:\/\/[^/@]*@/, "://");
  if (/^(?:file|dir):\/\//.test(written) || written.startsWith("/")) {
    const there = await isThere(written.replace(/^\w+:\/\//, ""));
    return {
      name,
      state: there ? "fine" : "missing",
      message: there ? `${shown} is there.` : `${shown} is not on this builder.`,
    };
  }
  // Variables are replaced by the package manager, and obs: by KIWI's settings; a login is KIWI's business.
  if (!/^https?:\/\/[^@$%{}]+$/.test(written)) return { name, state: "unknown", message: `${shown} was not asked.` };
  let problem: string | null = null;
  for (const place of places) {
    problem = await ask(place).catch((error: unknown) => reasonOf(error));
    if (problem === null) return { name, state: "fine", message: `${shown} answers.` };
  }
  return { name, state: "missing", message: `${shown} cannot be used: ${problem}.` };
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && cause.name === "TimeoutError") return `no answer within ${PATIENCE / 1000} seconds`;
  return cause instanceof Error ? cause.message : String(cause);
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
