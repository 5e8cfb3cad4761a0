import { WorkspaceError } from "../workspace-error.ts";

/** What git says when something does not work, and what it means; the first one counts. */
const known: readonly [RegExp, (found: RegExpExecArray) => string][] = [
  [
    /local changes to the following files would be overwritten by \w+:\n((?:\t.+\n?)+)/,
    (found) => `This would overwrite changes that are not committed: ${files(found[1])}. Commit or discard them first.`,
  ],
  [
    /untracked working tree files would be overwritten by \w+:\n((?:\t.+\n?)+)/,
    (found) =>
      `This would overwrite files that git does not know: ${files(found[1])}. Commit, move or remove them first.`,
  ],
  [
    /Not possible to fast-forward|Diverging branches/,
    () => "Both sides have commits that the other has not. Merge or rebase by hand, then come back.",
  ],
  [
    /\[rejected\]|non-fast-forward|fetch first/,
    () => "The remote branch has commits that are missing here. Pull first.",
  ],
  [/protected branch|\[remote rejected\]/, () => "The remote does not let this branch be pushed to."],
  [
    /index\.lock': File exists|Unable to create '.*\.lock'/,
    () => "Another git is at work in this checkout. Try again when it is done; if none runs, remove its .lock file.",
  ],
  [/Permission denied \(publickey/, () => "The remote does not accept the SSH keys of the web server's user."],
  [
    /Host key verification failed/,
    () => "The remote's SSH key is not known. Connect to it once by ssh as the web server's user, and compare the key.",
  ],
  [
    /could not read (?:Username|Password)|Authentication failed|HTTP 40[13]|error: 40[13]/,
    () => "The remote wants a login. Put one into the file that KIWI_WORKBENCH_GIT_CREDENTIALS names.",
  ],
  [/Could not resolve host(?:name)?:? ([\w.-]+)/, (found) => `The host ${found[1]} cannot be found.`],
  [
    /Connection refused|Connection timed out|Failed to connect|Couldn't connect|No route to host/,
    () => "The remote does not answer.",
  ],
  [
    /(?:R|r)epository .*not found|does not appear to be a git repository|Could not read from remote|not found$/m,
    () => "There is no repository at that address, or it must not be read.",
  ],
  [/transport '(\w+)' not allowed/, (found) => `Addresses of the kind "${found[1]}:" are not allowed.`],
  [/SSL certificate problem/, () => "The remote's certificate is not trusted by this machine."],
  [/already exists/, () => "A branch of this name exists already."],
  [/invalid reference: (.+)|is not a valid branch name/, () => "There is no such branch, or this cannot be its name."],
  [/nothing (?:added )?to commit|no changes added/, () => "There is nothing to commit: these files have no changes."],
  [/Permission denied|Read-only file system/, () => "The web server may not write into this checkout."],
  [/No space left on device/, () => "There is no space left."],
];

/** An error of git in words that say what to do; what is not known is passed on, without logins in addresses. */
export function explainGit(said: string): WorkspaceError {
  for (const [pattern, words] of known) {
    const found = pattern.exec(said);
    if (found) return new WorkspaceError("refused", words(found));
  }
  const lines = said.split(/[\r\n]+/).filter((line) => /^(?:fatal|error): /.test(line));
  const last = lines.at(-1)?.replace(/^\w+: /, "") ?? "it did not say why";
  return new WorkspaceError("refused", `git could not do it: ${withoutLogins(last)}.`);
}

/** Whatever stands before the @ of an address may be a secret. */
export const withoutLogins = (text: string) => text.replace(/(\w+:\/\/)[^@\s/]+@/g, "$1");

const files = (list = "") =>
  list
    .trim()
    .split("\n")
    .map((line) => line.trim())
    .join(", ");
