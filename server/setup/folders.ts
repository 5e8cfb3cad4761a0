import { chmod, chown, mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "#server/platform/config.ts";
import type { User } from "#server/platform/users.ts";

/**
 * Makes the folders of the data folder, each with the owner who writes it. What is made here once is left alone later,
 * except for the rights of the folders themselves.
 */
export async function prepareFolders(config: Config, web: User): Promise<void> {
  const root = process.getuid?.() === 0;
  const { paths } = config;
  await makeFolder(config.dataDir, 0o755);
  for (const open of [paths.run, paths.web, paths.kiwi]) await makeFolder(open, 0o755);
  for (const closed of [paths.builds, paths.logs]) await makeFolder(closed, 0o700);
  // Passwords of builds that wait: from the web, for the builder, which is root.
  await makeFolder(paths.secrets, 0o700, root ? web : undefined);
  await makeFolder(paths.snapshots, 0o750, root ? web : undefined);
  // The command line tool runs as root and stores snapshots too: it finds every folder made, and made for the web.
  await makeFolder(join(paths.snapshots, "manifests"), 0o750, root ? web : undefined);
  await makeFolder(join(paths.snapshots, "blobs"), 0o750, root ? web : undefined);
  for (let first = 0; first < 256; first++) {
    const name = first.toString(16).padStart(2, "0");
    await makeFolder(join(paths.snapshots, "blobs", name), 0o750, root ? web : undefined);
  }
  if (!(await isFolder(config.workspaceDir))) await makeFolder(config.workspaceDir, 0o755, root ? web : undefined);
}

async function makeFolder(path: string, mode: number, owner?: User): Promise<void> {
  await mkdir(path, { recursive: true });
  await chmod(path, mode);
  if (owner) await chown(path, owner.uid, owner.gid);
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
