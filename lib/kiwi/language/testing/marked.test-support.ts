import type { DocumentRequest, PositionRequest } from "../contract.ts";

/** Files of a description's folder, for tests: the first is asked about unless `path` says otherwise. */
export function requestFor(
  text: string,
  {
    path = "config.xml",
    files = {},
    mains = ["config.xml"],
  }: Partial<{ path: string; files: Record<string, string>; mains: string[] }> = {},
): DocumentRequest {
  return { path, text, read: (name) => files[name], mains };
}

/** A question at the place of the mark `‸`. */
export function atMark(marked: string, files: Record<string, string> = {}): PositionRequest {
  return { ...requestFor(marked.replace("‸", ""), { files }), offset: marked.indexOf("‸") };
}

/** A whole description around the given inside of `<image>`, all that the schema requires included. */
export function description(inner: string, version = "8.5"): string {
  return `<image schemaversion="${version}" name="test">
  <description type="system">
    <author>Me</author>
    <contact>me@example.com</contact>
    <specification>Test</specification>
  </description>
  ${inner}
</image>
`;
}
