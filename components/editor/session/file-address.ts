import { Uri } from "monaco-editor/editor";

const SCHEME = "kiwi";

/** The address of a file's model; one for each file of a description. */
export function addressOf(description: string, path: string): Uri {
  return Uri.from({ scheme: SCHEME, authority: "workbench", path: `/${description}/${path}` });
}

/** The file of the description that an address names; undefined for those of others. */
export function pathAt(description: string, address: Uri): string | undefined {
  const folder = `/${description}/`;
  return address.scheme === SCHEME && address.path.startsWith(folder) ? address.path.slice(folder.length) : undefined;
}
