import { EnvHttpProxyAgent } from "undici";
import type { RepositoryNeeds } from "#lib/contracts/preflight.ts";

/** Where a repository of the network has the list of its contents: any one of these; none = not known for its type. */
export function repositoryIndex({ source, type, distribution }: Omit<RepositoryNeeds, "keys">): string[] {
  const base = source.replace(/\/+$/, "");
  if (type === "rpm-md") return [`${base}/repodata/repomd.xml`];
  if (type !== "apt-deb") return [];
  const folder = distribution === null ? base : `${base}/dists/${distribution}`;
  return [`${folder}/InRelease`, `${folder}/Release`];
}

/** Goes to repositories by the proxies that builds use. */
export function repositoryAgent(proxy: Readonly<Record<string, string>>, connectTimeout: number): EnvHttpProxyAgent {
  return new EnvHttpProxyAgent({
    httpProxy: proxy["http_proxy"] ?? proxy["HTTP_PROXY"] ?? "",
    httpsProxy: proxy["https_proxy"] ?? proxy["HTTPS_PROXY"] ?? "",
    noProxy: proxy["no_proxy"] ?? proxy["NO_PROXY"] ?? "",
    connectTimeout,
  });
}
