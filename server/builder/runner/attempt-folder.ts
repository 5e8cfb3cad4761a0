import { randomUUID } from "node:crypto";
import { access, link, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import {
  type AttemptExit,
  type AttemptSpec,
  attemptExitSchema,
  attemptSpecSchema,
  type NamespaceRecord,
  namespaceRecordSchema,
  type RunnerRecord,
  runnerRecordSchema,
} from "#lib/contracts/attempt.ts";
import { type PhaseFigures, phaseFiguresSchema } from "#lib/contracts/phase-figures.ts";
import { CONFIGURATION_CONFIG } from "#server/kiwi/index.ts";
import { writeFileAtomic } from "#server/platform/atomic-file.ts";

/** The places inside an attempt's folder. */
export function attemptPaths(dir: string) {
  const at = (name: string) => join(dir, name);
  return {
    spec: at("spec.json"),
    runner: at("runner.json"),
    namespace: at("namespace.json"),
    exit: at("exit.json"),
    phases: at("phases.json"),
    log: at("build.log"),
    /** What the runner itself has to say; empty unless something is wrong with it. */
    runnerLog: at("runner.log"),
    runtimeConfig: at("kiwi.yml"),
    /** What only KIWI and the log's filter may read; gone when the attempt is over. */
    secrets: at("secrets"),
    /** A list of the words that the log must not show. */
    masks: at("secrets/masks.json"),
    description: at("description"),
    /** The two descriptions of a build that is made in two. */
    stages: at("stages"),
    configurationConfig: at(CONFIGURATION_CONFIG),
    target: at("target"),
    cache: at("cache"),
    temporary: at("tmp"),
    /** What programs keep of the containers that they make. */
    containers: at("containers"),
    /** Where a private layer over some folders of the host is mounted, inside the namespace only. */
    layer: at("layer"),
    results: at("results"),
    /** What the root tree held when it was packed, as compressed JSON; only after success. */
    inventory: at("inventory.json.gz"),
  };
}

export const readSpec = (dir: string): Promise<AttemptSpec | null> => read(attemptPaths(dir).spec, attemptSpecSchema);
export const readRunner = (dir: string): Promise<RunnerRecord | null> =>
  read(attemptPaths(dir).runner, runnerRecordSchema);
export const readNamespace = (dir: string): Promise<NamespaceRecord | null> =>
  read(attemptPaths(dir).namespace, namespaceRecordSchema);
export const readExit = (dir: string): Promise<AttemptExit | null> => read(attemptPaths(dir).exit, attemptExitSchema);
/** Empty where nothing was measured. */
export const readPhases = async (dir: string): Promise<PhaseFigures[]> =>
  (await read(attemptPaths(dir).phases, z.array(phaseFiguresSchema))) ?? [];

export const writeSpec = (dir: string, spec: AttemptSpec) => write(attemptPaths(dir).spec, spec);
export const writeNamespace = (dir: string, record: NamespaceRecord) => write(attemptPaths(dir).namespace, record);
export const writePhases = (dir: string, phases: readonly PhaseFigures[]) => write(attemptPaths(dir).phases, phases);
export const writeExit = (dir: string, exit: AttemptExit) => write(attemptPaths(dir).exit, exit);

/** Takes the attempt for this runner. False where another runner has it already. */
export async function claimRunner(dir: string, record: RunnerRecord): Promise<boolean> {
  const temporary = join(dir, `.${randomUUID()}.runner`);
  await write(temporary, record);
  try {
    // Unlike rename, link never replaces: of two runners exactly one succeeds, and the file is never half written.
    await link(temporary, attemptPaths(dir).runner);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Whether a runner has taken the attempt, also where its record cannot be read. */
export async function wasTaken(dir: string): Promise<boolean> {
  return access(attemptPaths(dir).runner).then(
    () => true,
    () => false,
  );
}

/** null where the file is missing, or is not what it should be, as a crash of the host or its disk may leave it. */
async function read<T>(path: string, schema: z.ZodType<T>): Promise<T | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function write(path: string, value: unknown): Promise<void> {
  return writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`);
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
