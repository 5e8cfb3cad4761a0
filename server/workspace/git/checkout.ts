import { lstat, readFile, realpath } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { WorkspaceError } from "../workspace-error.ts";
import { explainGit } from "./explain-git.ts";
import { checkGit, type GitAnswer, type GitOptions, type GitSettings, runGit } from "./run-git.ts";

/** Names of a repository's filters, which would be programs of its choice. */
const filterKey = /^filter\.(.*)\.[a-z]+$/is;

/** A working tree of git that a description's folder lies in. */
export class Checkout {
  /** The folder inside the working tree; "" for the tree itself. */
  readonly folder: string;
  readonly #top: string;
  readonly #gitDir: string;
  readonly #searchPath: string;
  #filters: Promise<GitSettings> | undefined;

  constructor({ top, gitDir, folder }: Place, searchPath: string) {
    this.#top = top;
    this.#gitDir = gitDir;
    this.folder = folder;
    this.#searchPath = searchPath;
  }

  /** Where git keeps its own files of this working tree. */
  get gitDir(): string {
    return this.#gitDir;
  }

  get top(): string {
    return this.#top;
  }

  /** A path of the description's folder as one of the working tree. */
  inTree(path: string): string {
    return this.folder === "" ? path : `${this.folder}/${path}`;
  }

  /** A path of the working tree as one of the description's folder; null where it lies outside. */
  inFolder(path: string): string | null {
    if (this.folder === "") return path;
    return path.startsWith(`${this.folder}/`) ? path.slice(this.folder.length + 1) : null;
  }

  /** Runs git in this working tree, whatever the result. The repository's settings start no program. */
  async try(args: readonly string[], options: GitOptions & { settings?: GitSettings } = {}): Promise<GitAnswer> {
    this.#filters ??= this.#withoutFilters();
    return this.#run(args, options, [...(await this.#filters), ...(options.settings ?? [])]);
  }

  /** As `try`, but throws WorkspaceError in plain words where git fails. */
  async git(args: readonly string[], options: GitOptions & { settings?: GitSettings } = {}): Promise<Buffer> {
    const answer = await this.try(args, options);
    if (answer.code !== 0) throw explainGit(answer.said);
    return answer.output;
  }

  #run(args: readonly string[], options: GitOptions, more: GitSettings): Promise<GitAnswer> {
    // Named outright, so that no setting leads to another working tree.
    const place = [`--git-dir=${this.#gitDir}`, `--work-tree=${this.#top}`, "-C", this.#top];
    return runGit([...place, ...args], this.#searchPath, options, more);
  }

  async #withoutFilters(): Promise<GitSettings> {
    const { output } = await this.#run(["config", "--null", "--name-only", "--get-regexp", "^filter\\."], {}, []);
    const names = output
      .toString()
      .split("\0")
      .flatMap((key) => filterKey.exec(key)?.[1] ?? []);
    return [...new Set(names)].flatMap(
      (name): GitSettings => [
        [`filter.${name}.clean`, ""],
        [`filter.${name}.smudge`, ""],
        [`filter.${name}.process`, ""],
        [`filter.${name}.required`, "false"],
      ],
    );
  }
}

interface Place {
  top: string;
  gitDir: string;
  folder: string;
}

/** The checkout that a folder of the workspace lies in. Throws WorkspaceError where it lies in none, or git is missing. */
export async function findCheckout(workspace: string, folder: string, searchPath: string): Promise<Checkout> {
  await checkGit(searchPath);
  const root = await realpath(workspace);
  const start = await realpath(join(workspace, folder));
  if (start !== root && !start.startsWith(root + sep))
    throw new WorkspaceError("refused", `"${folder}" leads out of the workspace.`);
  for (let top = start; ; top = dirname(top)) {
    const gitDir = await gitDirOf(top, root);
    if (gitDir !== null) return new Checkout({ top, gitDir, folder: relative(top, start) }, searchPath);
    if (top === dirname(top)) throw new WorkspaceError("not-found", "The folder lies in no checkout of git.");
  }
}

/**
 * The folder that git keeps its own files in: `.git`, or what a file of that name leads to. Such a file is believed if the
 * place lies in the workspace, or says itself that it belongs to this tree.
 */
async function gitDirOf(top: string, root: string): Promise<string | null> {
  const path = join(top, ".git");
  const stats = await lstat(path).catch(() => null);
  if (stats?.isDirectory()) {
    const head = await lstat(join(path, "HEAD")).catch(() => null);
    return head ? path : null;
  }
  if (!stats?.isFile() || stats.size > 8192) return null;
  const target = /^gitdir: (.+)$/m.exec(await readFile(path, "utf8"))?.[1];
  const real = target === undefined ? null : await realpath(resolve(top, target)).catch(() => null);
  if (real === null) return null;
  if (real.startsWith(root + sep) || real.startsWith(top + sep)) return real;
  const back = await readFile(join(real, "gitdir"), "utf8").catch(() => "");
  return back.trim() === path ? real : null;
}
