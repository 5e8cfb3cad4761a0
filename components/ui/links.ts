/** Addresses of pages and downloads, made in one place. */

export const descriptionHref = (id: string) => `/descriptions/${id.split("/").map(encodeURIComponent).join("/")}`;

/** A line of a file of a description, in the editor. */
export const descriptionLineHref = (id: string, file: string, line: number) =>
  `${descriptionHref(id)}?file=${encodeURIComponent(file)}&line=${line}`;

export const ruleHref = (code: string) => `/rules#${code}`;

export const buildHref = (id: string) => `/builds/${id}`;

export const resultHref = (buildId: string, name: string) => `/api/builds/${buildId}/files/${encodeURIComponent(name)}`;

export const logHref = (buildId: string, attempt: number) => `/api/builds/${buildId}/log?attempt=${attempt}`;
