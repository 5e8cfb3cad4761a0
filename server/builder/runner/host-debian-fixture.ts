import { execFileSync } from "node:child_process";

/** The keys of Debian's archive, which images that are made of it trust. */
export const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** The Debian that this host itself is installed from, as apt is configured to reach it. */
export function hostRepository(): { address: string; release: string } | null {
  try {
    const format = ["--format", "$(REPO_URI) $(CODENAME) $(ORIGIN)", "Created-By: Packages"];
    const lines = execFileSync("apt-get", ["indextargets", ...format], { encoding: "utf8" }).split("\n");
    const words = lines
      .map((line) => line.split(" "))
      .find(([, release, origin]) => origin === "Debian" && !release?.includes("-"));
    return words?.[0] && words[1] ? { address: words[0], release: words[1] } : null;
  } catch {
    return null;
  }
}
