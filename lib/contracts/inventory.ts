import { z } from "zod";

/** A package of a finished root tree, from the tree's own package database. */
export const inventoryPackageSchema = z.object({
  name: z.string(),
  version: z.string(),
  architecture: z.string().nullable(),
  /** Installed size in bytes, as the package says it. */
  bytes: z.number(),
  /** Names of the installed packages that it needs. */
  requires: z.array(z.string()),
});
export type InventoryPackage = z.infer<typeof inventoryPackageSchema>;

/** Where a file came from, where no package brought it. */
export const ORIGIN = { overlay: -1, other: -2 } as const;

/**
 * Path from the root, bytes (of a file with several names once), package's index or ORIGIN; then, in inventories that have
 * them, what tells whether two files hold the same (a digest of a file, what a link leads to) and when it was last written,
 * in seconds.
 */
const inventoryFileSchema = z.tuple([z.string(), z.number(), z.number(), z.string().optional(), z.number().optional()]);
export type InventoryFile = z.infer<typeof inventoryFileSchema>;

/** What the root tree of an image held when it was packed. */
export const inventorySchema = z.object({
  /** Null where the package database could not be read. */
  packages: z.array(inventoryPackageSchema).nullable(),
  /** Everything but folders. */
  files: z.array(inventoryFileSchema),
});
export type Inventory = z.infer<typeof inventorySchema>;
