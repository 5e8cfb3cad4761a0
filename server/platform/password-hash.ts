import { execFile } from "node:child_process";
import { promisify } from "node:util";

/**
 * The hash of a password as /etc/shadow takes it: SHA-512 with a salt of its own. The password has one line and at most
 * 255 bytes: openssl would hash less of a longer one.
 */
export async function hashPassword(password: string): Promise<string> {
  const running = promisify(execFile)("openssl", ["passwd", "-6", "-stdin"]);
  running.child.stdin?.end(`${password}\n`);
  const { stdout } = await running;
  if (!/^\$6\$\S+\s*$/.test(stdout)) throw new Error("openssl did not make a hash of a password of the description.");
  return stdout.trim();
}
