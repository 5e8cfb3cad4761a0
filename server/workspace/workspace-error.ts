/** What a request for files can fail with, by name; the message is for people and says what to do. */
export class WorkspaceError extends Error {
  override name = "WorkspaceError";
  readonly reason: "not-found" | "refused" | "exists" | "read-only";

  constructor(reason: WorkspaceError["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The code of a system error, for example `ENOENT`; undefined for everything else. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
