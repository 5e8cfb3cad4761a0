import { chown, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeFileAtomic } from "./atomic-file.ts";
import { openWithoutLinks } from "./safe-path.ts";

/**
 * Passwords of builds that are not over: neither the database nor a command line ever holds them. Whoever asks for a
 * build leaves them in a file that only he and root can read; the builder removes it when the build is over.
 */
const passwordsSchema = z.array(z.string()).max(64);

const fileOf = (folder: string, buildId: string) => join(folder, `${buildId}.json`);

/** Keeps the passwords of a build that is about to be submitted. */
export async function keepPasswords(folder: string, buildId: string, passwords: readonly string[]): Promise<void> {
  const path = fileOf(folder, buildId);
  await writeFileAtomic(path, JSON.stringify(passwords), 0o600);
  // The command line tool runs as root; the web server, which owns the folder, must be able to remove the file.
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(folder);
  await chown(path, uid, gid);
}

/** The passwords of a build; null where there are none, or none any more. */
export async function passwordsOf(folder: string, buildId: string): Promise<string[] | null> {
  const file = await openWithoutLinks(folder, `${buildId}.json`).catch(() => null);
  if (file === null) return null;
  try {
    return passwordsSchema.parse(JSON.parse(await file.readFile("utf8")));
  } finally {
    await file.close();
  }
}

/** Removes the passwords of a build that is over. */
export async function forgetPasswords(folder: string, buildId: string): Promise<void> {
  await rm(fileOf(folder, buildId), { force: true });
}
