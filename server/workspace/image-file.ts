import { posix } from "node:path";

/**
 * Whether a file's name makes it a description: `config.xml` and `*.kiwi`, which KIWI finds by itself, and the YAML
 * form, which it takes by `--kiwi-file`. Other `*.xml` files are fragments.
 */
export function isImageFileName(name: string): boolean {
  return name === "config.xml" || name.endsWith(".kiwi") || isYamlName(name);
}

/** Much other software has a `config.yaml`: only its text can tell whether it describes an image. */
export function isYamlName(name: string): boolean {
  return name === "config.yaml" || name === "config.yml";
}

/** Whether YAML text has the one top-level key that a description has. */
export function looksLikeImage(yaml: string): boolean {
  return /^(image|"image"|'image')\s*:/m.test(yaml) || /^\s*\{\s*"image"\s*:/.test(yaml);
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
