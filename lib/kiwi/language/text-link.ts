import type { Problem } from "#lib/contracts/problem.ts";
import type { DocumentRequest } from "./contract.ts";

/** Names of files are no longer. */
const maxLength = 300;

/**
 * Git writes a symbolic link as a text file that holds the link's target, where the file system or a setting allows no
 * links; collections of descriptions have many `name.kiwi` that lead to `config.xml`. Such a file is judged as the
 * file that it leads to, with a warning. null for all other files.
 */
export function linkTarget(request: DocumentRequest): { problem: Problem; request: DocumentRequest } | null {
  if (request.text.length > maxLength) return null;
  const name = request.text.trimEnd();
  if (!/^[\w.-]+\.(?:xml|kiwi)$/.test(name) || name === request.path) return null;
  const path = [...request.path.split("/").slice(0, -1), name].join("/");
  const text = request.read(path);
  if (text === undefined || text.trimEnd() === name) return null;
  const problem: Problem = {
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: name.length + 1,
    severity: "warning",
    layer: "syntax",
    code: "link-as-text",
    message: `This file is a link to ${name} that was checked out as text; ${name} was checked in its place.`,
  };
  return { problem, request: { ...request, path, text, mains: [...request.mains, path] } };
}

/** Problems of another file: those without a file belong to it. */
export function elsewhere(problems: readonly Problem[], file: string): Problem[] {
  return problems.map((problem) => ({ ...problem, file: problem.file ?? file }));
}
