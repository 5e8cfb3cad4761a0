/** Addresses of pages and downloads, made in one place. */

export const descriptionHref = (id: string) => `/descriptions/${id.split("/").map(encodeURIComponent).join("/")}`;

/** The description whose page has this path, if one has. */
export function descriptionAt(path: string): string | undefined {
  const id = /^\/descriptions\/(.+)$/.exec(path)?.[1];
  try {
    return id && decodeURIComponent(id);
  } catch {
    return undefined;
  }
}

/** A line of a file of a description, in the editor. */
export const descriptionLineHref = (id: string, file: string, line: number) =>
  `${descriptionHref(id)}?file=${encodeURIComponent(file)}&line=${line}`;

/** The folder of a description as an archive. */
export const exportHref = (id: string) => `/api/descriptions/export?description=${encodeURIComponent(id)}`;

export const ruleHref = (code: string) => `/rules#${code}`;

export const buildHref = (id: string) => `/builds/${id}`;

/** What is in the image of a build. */
export const contentsHref = (id: string) => `/builds/${id}/contents`;

export const differencesHref = (before: string, after: string) => `/builds/compare?before=${before}&after=${after}`;

export const historyHref = (description: string) => `/builds/history?description=${encodeURIComponent(description)}`;

export const sbomHref = (buildId: string, format: "spdx" | "cyclonedx") =>
  `/api/builds/${buildId}/sbom?format=${format}`;

/** The machine that is started from the image of a build. */
export const driveHref = (id: string) => `/builds/${id}/drive`;

/** What that machine's serial console has said from a byte on, and what its screen shows. */
export const consoleHref = (buildId: string, from: number) => `/api/builds/${buildId}/console?from=${from}`;
export const screenHref = (buildId: string, moment: number) => `/api/builds/${buildId}/screen?at=${moment}`;

/** Everything that tells how the image of a build was made, as one archive. */
export const evidenceHref = (buildId: string) => `/api/builds/${buildId}/evidence`;

/** One file out of the image of a build, to be saved, or looked at as text. */
export const imageFileHref = (buildId: string, path: string, view = false) =>
  `/api/builds/${buildId}/image-file?path=${encodeURIComponent(path)}${view ? "&view=1" : ""}`;

export const badgeHref = (description: string) => `/badge?description=${encodeURIComponent(description)}`;

export const resultHref = (buildId: string, name: string) => `/api/builds/${buildId}/files/${encodeURIComponent(name)}`;

export interface LogPart {
  /** Numbers of the first and the last line; absent = all. */
  lines?: readonly [number, number];
  /** To be looked at, not to be saved. */
  raw?: boolean;
}

export const logHref = (buildId: string, attempt: number, { lines, raw }: LogPart = {}) =>
  `/api/builds/${buildId}/log?attempt=${attempt}${lines ? `&lines=${lines.join("-")}` : ""}${raw ? "&raw=1" : ""}`;
