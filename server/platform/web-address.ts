import type { Config } from "./config.ts";

/** Where a browser on this machine finds the web server. */
export function webAddress({ host, port }: Pick<Config, "host" | "port">): string {
  const everywhere = host === "0.0.0.0" || host === "::";
  const name = everywhere ? "127.0.0.1" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}
