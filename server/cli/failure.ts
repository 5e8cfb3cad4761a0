/** The command line is wrong; exit status 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** The command line is right, but what it asks for cannot be done; exit status 1. */
export class Failure extends Error {
  override name = "Failure";
}

/** Errors of other parts whose messages are made for people. */
const FOR_PEOPLE = ["BuilderUnreachable", "ConfigError", "DatabaseError", "Failure", "TRPCError", "WorkspaceError"];

/** What to say of an error, and the exit status. Throws it again where it is a bug. */
export function explain(error: unknown): { message: string; status: number } {
  if (!(error instanceof Error)) throw error;
  const wrongArguments = error instanceof UsageError || systemCode(error).startsWith("ERR_PARSE_ARGS");
  if (wrongArguments) return { message: `${error.message}\nTry: kiwi-workbench help`, status: 2 };
  if (["EACCES", "EPERM"].includes(systemCode(error)))
    return { message: `${error.message}\nTry again as root, or as the user who started KIWI Workbench.`, status: 1 };
  if (!FOR_PEOPLE.includes(error.name)) throw error;
  return { message: withCause(error), status: 1 };
}

function withCause({ name, message, cause }: Error): string {
  if (name === "BuilderUnreachable") return `${message} Is KIWI Workbench started? npm start does it.`;
  if (name === "DatabaseError" && cause instanceof Error) return `${message} (${cause.message})`;
  return message;
}

function systemCode(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}
