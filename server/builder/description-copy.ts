import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { overrideType, type TypeChoice } from "#lib/kiwi/description/override-type.ts";
import { plainPasswords, replacePasswords, secretsOf } from "#lib/kiwi/description/passwords.ts";
import { hashPassword } from "#server/platform/password-hash.ts";

/** What a build's own copy of its description is to be. */
export type CopyOrder = { imageFile: string; choice: TypeChoice; typeAttributes: Readonly<Record<string, string>> };

/**
 * Changes a build's own copy of its description: attributes of the type that is built, and hashes in the place of plain
 * passwords. Returns what must not be read in the log. Throws where there is no such type.
 */
export async function adaptCopy(folder: string, { imageFile, choice, typeAttributes }: CopyOrder): Promise<string[]> {
  const read = readerOf(folder);
  const secrets = secretsOf(imageFile, read);
  const passwords = plainPasswords(imageFile, read);
  const hashes = new Map<string, string>();
  for (const password of passwords) hashes.set(password, await hashPassword(password));
  await write(folder, replacePasswords(imageFile, read, hashes));
  if (Object.keys(typeAttributes).length > 0) {
    const changed = overrideType(imageFile, read, choice, typeAttributes);
    if (changed === null) throw new Error("The description has no such type whose attributes could be set.");
    await write(folder, changed);
  }
  return [...new Set([...secrets, ...hashes.values()])];
}

async function write(folder: string, texts: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of texts) await writeFile(join(folder, path), text);
}

/** The files as they are at the moment; outside of overlays a laid out description holds no links. */
export function readerOf(folder: string): (path: string) => string | undefined {
  return (path) => {
    try {
      return readFileSync(join(folder, path), "utf8");
    } catch {
      return undefined;
    }
  };
}
