import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A workspace of its own for a test, and a folder beside it that nothing may reach. */
export interface TestWorkspace extends AsyncDisposable {
  /** Holds `workspace` and `outside`. */
  dir: string;
  path: string;
  write(path: string, text: string | Uint8Array, mode?: number): Promise<void>;
  link(path: string, target: string): Promise<void>;
}

/** Makes a workspace with these files; `outside/secret.txt` lies beside it. */
export async function testWorkspace(files: Record<string, string> = {}): Promise<TestWorkspace> {
  const dir = await mkdtemp(join(tmpdir(), "workspace-"));
  const path = join(dir, "workspace");
  await mkdir(path);
  const workspace: TestWorkspace = {
    dir,
    path,
    async write(file, text, mode = 0o644) {
      await mkdir(dirname(join(path, file)), { recursive: true });
      await writeFile(join(path, file), text);
      await chmod(join(path, file), mode);
    },
    async link(file, target) {
      await mkdir(dirname(join(path, file)), { recursive: true });
      await symlink(target, join(path, file));
    },
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }),
  };
  await workspace.write("../outside/secret.txt", "secret");
  for (const [file, text] of Object.entries(files)) await workspace.write(file, text);
  return workspace;
}

/** A small description. */
export function imageXml(name: string, inside = '<preferences><type image="tbz"/></preferences>'): string {
  return `<image schemaversion="8.5" name="${name}">${inside}</image>`;
}
