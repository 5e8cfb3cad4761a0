/**
 * The page that was asked for before the login, as a path of this site; the start page where the wish is none of ours.
 * The address is read as the browser will read it: that takes `\` for `/`, and leaves tabs and line ends out.
 */
export function wantedPage(search: string, origin: string): string {
  const next = new URLSearchParams(search).get("next") ?? "/";
  if (!next.startsWith("/") || !URL.canParse(next, origin)) return "/";
  const url = new URL(next, origin);
  return url.origin === origin ? url.pathname + url.search + url.hash : "/";
}
