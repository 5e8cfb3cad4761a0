import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { KiwiInstallation } from "#lib/contracts/builder.ts";
import { formatSchema } from "#lib/contracts/description.ts";
import { run } from "./run.ts";

/** What one `kiwi-ng` finds among the packages of its Python. */
export type KiwiPackage = Pick<KiwiInstallation, "schemaPath" | "formats" | "markupFolder" | "xmlThroughMarkup">;

/**
 * Finds the package without importing it. Its own folder is what counts, so the folder that Python was started in is
 * no place to search. KIWI reads other notations than XML through anymarkup, and where it finds that module it reads
 * XML through it as well (kiwi/markup of KIWI 9.24, 10 and 11).
 */
const LOCATE = `
import importlib.util, json, os, sys
sys.path = [path for path in sys.path if path]
has = lambda name: importlib.util.find_spec(name) is not None
spec = importlib.util.find_spec("kiwi")
folders = list(spec.submodule_search_locations or []) if spec else []
schemas = [os.path.join(folder, "schema", "kiwi.rng") for folder in folders]
own = has("anymarkup_core") or has("anymarkup")
if not own: sys.path.append(sys.argv[1])
markup = own or has("anymarkup_core")
readers = {"yaml": "yaml", "json": "json", "json5": "json5", "toml": "toml", "ini": "configobj"}
formats = [name for name, module in readers.items() if markup and has(module)]
print(json.dumps({"schemaPath": next(filter(os.path.isfile, schemas), ""), "own": own, "formats": formats}))
`;

const answerSchema = z.object({ schemaPath: z.string(), own: z.boolean(), formats: z.array(formatSchema) });

/**
 * Asks the Python that runs this `kiwi-ng` where the schema lies and which formats besides XML can be read.
 * Throws an error whose message is for people.
 */
export async function locatePackage(command: string): Promise<KiwiPackage> {
  const interpreter = readInterpreter(await readHead(command));
  if (interpreter === null) throw new Error("it is not a Python script, so its schema cannot be found.");
  const markupFolder = markupFolderOf(dirname(dirname(command)));
  const answer = await run(interpreter.program, [...interpreter.args, "-c", LOCATE, markupFolder]);
  const { schemaPath, own, formats } = answerSchema.parse(JSON.parse(answer));
  if (schemaPath === "") throw new Error(`${interpreter.program} has no KIWI schema in its packages.`);
  if (own || formats.length === 0) return { schemaPath, formats, xmlThroughMarkup: own };
  return { schemaPath, formats, markupFolder, xmlThroughMarkup: false };
}

/**
 * Where anymarkup lies for a KIWI in a virtual environment of ours: beside its packages, not among them, so that KIWI
 * finds it only when it is shown the place.
 */
export function markupFolderOf(environment: string): string {
  return join(environment, "kiwi-markup");
}

/**
 * The Python of a script's first lines: a plain `#!`, one through `env`, or pip's form for long paths, where a shell
 * runs `exec` with the interpreter in quotes.
 */
export function readInterpreter(script: string): { program: string; args: string[] } | null {
  const [first = "", second = ""] = script.split("\n");
  if (!first.startsWith("#!")) return null;
  const [program = "", ...args] = first.slice(2).trim().split(/\s+/);
  if (/\bpython[\d.]*$/.test(program)) return { program, args };
  if (program.endsWith("/env")) return viaEnv(program, args);
  const quoted = /^'''exec' "?([^"]*?\bpython[\d.]*)"? /.exec(second)?.[1];
  return quoted === undefined ? null : { program: quoted, args: [] };
}

/** `env -S python3 -s` splits its arguments, which has happened here already. */
function viaEnv(program: string, args: string[]): { program: string; args: string[] } | null {
  const words = args[0] === "-S" ? args.slice(1) : args;
  return /\bpython[\d.]*$/.test(words[0] ?? "") ? { program, args: words } : null;
}

async function readHead(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(4096) });
    return buffer.toString("latin1", 0, bytesRead);
  } finally {
    await file.close();
  }
}
