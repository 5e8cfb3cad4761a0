import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { DatabaseError, isConnectionError } from "#server/db/index.ts";
import { createLogger } from "#server/platform/logger.ts";
import { WorkspaceError } from "#server/workspace/workspace-error.ts";
import { BuilderUnreachable } from "./builder-client.ts";

const log = createLogger("web");

const workspaceCodes = {
  "not-found": "NOT_FOUND",
  exists: "CONFLICT",
  refused: "BAD_REQUEST",
  "read-only": "FORBIDDEN",
} as const;

/**
 * Turns whatever was thrown into the closed set of errors that the browser sees. What was not expected is logged,
 * and the browser learns only that it happened.
 */
export function toApiError(error: unknown): TRPCError {
  const cause = error instanceof TRPCError && error.code === "INTERNAL_SERVER_ERROR" ? (error.cause ?? error) : error;
  if (cause instanceof TRPCError) return readable(cause);
  if (cause instanceof WorkspaceError)
    return new TRPCError({ code: workspaceCodes[cause.reason], message: cause.message, cause });
  if (cause instanceof DatabaseError || isConnectionError(cause))
    return unavailable("The database is being started again. Please wait a moment.", cause);
  if (cause instanceof BuilderUnreachable)
    return unavailable("The builder does not answer. It is started again by itself; please wait a moment.", cause);
  log.error("A request failed unexpectedly", { error: cause });
  const message = "Something went wrong in the server. Its log tells more.";
  return new TRPCError({ code: "INTERNAL_SERVER_ERROR", message });
}

export function unavailable(message: string, cause?: unknown): TRPCError {
  return new TRPCError({ code: "SERVICE_UNAVAILABLE", message, cause });
}

/** Whether waiting helps: the database or the builder is away for a moment. */
export function isOutage(error: unknown): boolean {
  return error instanceof DatabaseError || error instanceof BuilderUnreachable || isConnectionError(error);
}

/** An input that the schema refuses is explained in one sentence. */
function readable(error: TRPCError): TRPCError {
  const issue = error.cause instanceof ZodError ? error.cause.issues[0] : undefined;
  if (!issue) return error;
  const place = issue.path.join(".");
  const message = place === "" ? issue.message : `${place}: ${issue.message}`;
  return new TRPCError({ code: error.code, message, cause: error.cause });
}
