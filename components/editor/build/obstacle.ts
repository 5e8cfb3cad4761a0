import type { BuilderStatus } from "#lib/contracts/builder.ts";
import type { FileProblem } from "../language/protocol.ts";

/** Other types can be built, and the wish for a build can bring a repository: the server judges that when it is asked. */
function stopsEveryBuild({ ofImage, severity, only, code }: FileProblem): boolean {
  return ofImage && severity === "error" && only === undefined && code !== "missing-repository";
}

/** Why a build cannot be started now, in one sentence; null where it can. KIWI would refuse a description with errors. */
export function buildObstacle(
  builder: BuilderStatus | undefined,
  unreachable: boolean,
  problems: readonly FileProblem[],
): string | null {
  if (!builder) return unreachable ? "The builder cannot be reached." : "Asking the builder…";
  if (builder.problem !== null) return builder.problem;
  if (!builder.online) return "The builder is not running.";
  const errors = problems.filter(stopsEveryBuild).length;
  if (errors > 0) return errors === 1 ? "The description has an error." : `The description has ${errors} errors.`;
  return null;
}
