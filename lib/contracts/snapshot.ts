import { z } from "zod";
import { relativePathSchema } from "./description.ts";

/** What one description may hold at most. */
export const snapshotLimits = { entries: 200_000, bytes: 16 * 1024 ** 3 };

/** Permission bits that a snapshot keeps; set-user-id and friends are dropped on purpose. */
const modeSchema = z.int().min(0).max(0o777);

export const snapshotEntrySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("directory"), path: relativePathSchema, mode: modeSchema }),
  z.object({
    kind: z.literal("file"),
    path: relativePathSchema,
    mode: modeSchema,
    size: z.int().nonnegative(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  /** Only inside overlay trees; everywhere else a link is stored as the file that it leads to. */
  z.object({ kind: z.literal("link"), path: relativePathSchema, target: z.string().min(1).max(4096) }),
]);
export type SnapshotEntry = z.infer<typeof snapshotEntrySchema>;

/**
 * The exact files of a description at one moment. File contents are kept by their SHA-256 in `blobs/`;
 * the manifest is kept under the SHA-256 of its own canonical JSON, which is the snapshot's id.
 */
export const snapshotManifestSchema = z.object({
  format: z.literal(1),
  /** The image file to build, for `--kiwi-file`. */
  imageFile: relativePathSchema,
  /** Sorted by path. */
  entries: z.array(snapshotEntrySchema).max(snapshotLimits.entries),
});
export type SnapshotManifest = z.infer<typeof snapshotManifestSchema>;
