import { changedFiles, type EditableElement, type EditableFile, editableFiles, type ReadText } from "./editable.ts";

/** The users' passwords that a description holds in plain text, each once. */
export function plainPasswords(imageFile: string, read: ReadText): string[] {
  const plain = editableFiles(imageFile, read).flatMap(plainUsers);
  return [...new Set(plain.map(({ password }) => password))];
}

/**
 * The files of a description, by path, in which each plain password is replaced by its hash. KIWI itself would give
 * such a password to a program as an argument, which every user of the host and the log can read, and hash it with MD5.
 */
export function replacePasswords(
  imageFile: string,
  read: ReadText,
  hashes: ReadonlyMap<string, string>,
): Map<string, string> {
  const files = editableFiles(imageFile, read);
  for (const { user, password } of files.flatMap(plainUsers)) {
    const hash = hashes.get(password);
    if (hash === undefined) continue;
    user.set("password", hash);
    user.set("pwdformat", "encrypted");
  }
  return changedFiles(files, read);
}

function plainUsers({ root }: EditableFile): { user: EditableElement; password: string }[] {
  return [...descendants(root)].flatMap((user) => {
    const password = user.name === "user" ? user.attribute("password") : undefined;
    return password && user.attribute("pwdformat")?.trim() === "plain" ? [{ user, password }] : [];
  });
}

/**
 * Everything in a description that must not be read in a log: passwords and hashes of users, logins of repositories,
 * the pass phrase of an encrypted disk.
 */
export function secretsOf(imageFile: string, read: ReadText): string[] {
  const secrets = new Set<string>();
  for (const { root } of editableFiles(imageFile, read))
    for (const element of descendants(root)) {
      for (const name of ["password", "luks"]) {
        const value = element.attribute(name);
        // A pass phrase may also be in a file, or be made by KIWI.
        if (value && !(name === "luks" && (value.startsWith("file:") || value === "random"))) secrets.add(value);
      }
      for (const name of ["path", "key"]) {
        const login = /^[a-z+]+:\/\/[^/@\s]*?:([^/\s]+)@/i.exec(element.attribute(name) ?? "")?.[1];
        if (login) secrets.add(login);
      }
    }
  return [...secrets];
}

function* descendants(root: EditableElement | null): Generator<EditableElement> {
  const pending = root === null ? [] : [root];
  for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
    yield element;
    pending.push(...element.children());
  }
}
