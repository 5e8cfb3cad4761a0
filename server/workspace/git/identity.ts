import { userInfo } from "node:os";
import { join } from "node:path";
import { type GitIdentity, gitIdentitySchema } from "#lib/contracts/git.ts";
import type { Checkout } from "./checkout.ts";

/** Who commits, by the settings of the repository, or of the web server's user; null where neither says. */
export async function gitIdentity(checkout: Checkout): Promise<GitIdentity | null> {
  // Only read, never used as settings: it could name programs.
  const files = [[], ["--file", join(userInfo().homedir, ".gitconfig")]];
  const get = async (key: string) => {
    for (const file of files) {
      const { code, output } = await checkout.try(["config", "--no-includes", ...file, "--get", key]);
      if (code === 0) return output.toString().trim();
    }
    return "";
  };
  const identity = gitIdentitySchema.safeParse({ name: await get("user.name"), email: await get("user.email") });
  return identity.success ? identity.data : null;
}

/** Tells git who commits. */
export const identityVariables = ({ name, email }: GitIdentity): Record<string, string> => ({
  GIT_AUTHOR_NAME: name,
  GIT_AUTHOR_EMAIL: email,
  GIT_COMMITTER_NAME: name,
  GIT_COMMITTER_EMAIL: email,
});
