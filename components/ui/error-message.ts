/** What went wrong, in words for people. */
export function errorMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (/failed to fetch|networkerror|load failed/i.test(error.message)) {
    return "The Workbench cannot be reached. It may be starting again; try again in a moment.";
  }
  return error.message;
}

/** Which field of a form the backend refused, and why: it says so as `field: reason`. Null for every other error. */
export function refusedField(error: unknown): { field: string; reason: string } | null {
  const found = error instanceof Error ? /^([a-z]\w*): (.+)$/s.exec(error.message) : null;
  return found?.[1] && found[2] ? { field: found[1], reason: found[2] } : null;
}
