import { hookScripts } from "../named-files.ts";
import type { Image } from "../rules/image.ts";

/** Paths of the scripts that belong to a description: those that KIWI knows by name, and those that it names. */
export function scriptPaths(image: Image): string[] {
  const named = image.types.flatMap(({ element }) =>
    ["editbootconfig", "editbootinstall"].flatMap((name) => image.value(element, name)?.replace(/^\.\//, "") || []),
  );
  return [...new Set<string>([...hookScripts, ...named.filter((path) => !path.startsWith("/"))])];
}

/** Whether a file is a shell script, by its name or its first line. */
export function isScript(path: string, text: string): boolean {
  return path.endsWith(".sh") || /^#!.*\b(?:ba|da|k|z)?sh\b/.test(text);
}
