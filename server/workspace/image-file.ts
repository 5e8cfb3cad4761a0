import { posix } from "node:path";

/**
 * Whether a file's name makes it a description: `config.xml` and `*.kiwi`, which KIWI finds by itself, and the other
 * formats, which it takes by `--kiwi-file`. Other `*.xml` files are fragments.
 */
export function isImageFileName(name: string): boolean {
  return name === "config.xml" || name.endsWith(".kiwi") || needsALook(name);
}

/** Much other software has a `config.yaml` or `config.json`: only the text can tell whether it describes an image. */
export function needsALook(name: string): boolean {
  return /^config\.(?:ya?ml|json5?|toml)$/.test(name);
}

/** Whether a text in another format than XML has the one top-level key that a description has. */
export function looksLikeImage(text: string): boolean {
  const yaml = /^(?:image|"image"|'image')\s*:/m;
  const json = /^\s*(?:\/\/.*\s*)*\{\s*(?:image|"image"|'image')\s*:/;
  const toml = /^\[{0,2}\s*(?:image|"image"|'image')\s*[\].=]/m;
  return yaml.test(text) || json.test(text) || toml.test(text);
}

/** Folder and file of a description's id; the folder is "" for the workspace itself. */
export function splitId(id: string): { folder: string; file: string } {
  const folder = posix.dirname(id);
  return { folder: folder === "." ? "" : folder, file: posix.basename(id) };
}

/** A path of a description's folder as a path of the workspace. */
export function inFolder(folder: string, path: string): string {
  return folder === "" ? path : `${folder}/${path}`;
}
