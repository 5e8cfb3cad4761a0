import { Uri } from "monaco-editor/editor";

const SCHEME = "kiwi";

/** The address of a file's model; one for each file of a description. */
export function addressOf(description: string, path: string): Uri {
  return Uri.from({ scheme: SCHEME, authority: authorityOf(description), path: `/${path}` });
}

/** The file of the description that an address names; undefined for those of others. */
export function pathAt(description: string, address: Uri): string | undefined {
  const isOwn = address.scheme === SCHEME && address.authority === authorityOf(description);
  return isOwn ? address.path.slice(1) : undefined;
}

/** Addresses are shown to people by their paths, which are those in the folder. */
const authorityOf = (description: string) => encodeURIComponent(description).toLowerCase();
