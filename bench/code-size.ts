import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";

const project = join(import.meta.dirname, "..");

/** The code of modules of ours and of all that they import of `lib`, without types and comments; not made shorter. */
export function codeBehind(modules: readonly string[]): string {
  const code = new Map<string, string>();
  const pending = modules.map((path) => join(project, path));
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (code.has(path)) continue;
    const text = stripTypeScriptTypes(readFileSync(path, "utf8"));
    code.set(path, text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "").replace(/^\s+/gm, ""));
    for (const [, name = ""] of text.matchAll(/ from "([.#][^"]*)"/g)) {
      pending.push(name.startsWith("#lib/") ? join(project, "lib", name.slice(5)) : join(dirname(path), name));
    }
  }
  return [...code.values()].join("");
}
