import { WorkspaceError } from "../workspace-error.ts";

/** One thing that an archive or an uploaded folder holds, as it says itself: nothing of it has been checked. */
export type IncomingEntry =
  | { kind: "directory"; path: string; mode: number }
  | { kind: "file"; path: string; mode: number; bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array> }
  | { kind: "link"; path: string; target: string };

/** An archive that cannot be taken, with the reason. */
export const refusal = (reason: string) => new WorkspaceError("refused", reason);

/** A name of an archive; only UTF-8 is understood. */
export function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const shown = Buffer.from(bytes).toString("latin1");
    throw refusal(`The archive holds a file name that is not UTF-8: "${shown}". Rename the file and pack it again.`);
  }
}
