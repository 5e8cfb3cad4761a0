/** What a `<packages>` section lists by name. */
export const itemKinds = ["package", "ignore", "namedCollection", "product", "archive"] as const;
export type ItemKind = (typeof itemKinds)[number];
