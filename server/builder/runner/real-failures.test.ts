import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { explain } from "#lib/kiwi/explain/index.ts";
import { readSource } from "#lib/kiwi/language/source-document.ts";
import { KiwiLog } from "#lib/kiwi/log/index.ts";
import { findKiwi } from "#server/kiwi/index.ts";
import { loadConfig } from "#server/platform/config.ts";
import { cannotRunBuilds } from "./attempt-fixture.ts";
import { hostRepository } from "./host-debian-fixture.ts";
import { signalReason } from "./reason.ts";

/** Builds with the real KIWI that fail, each for a reason of its own, and what we say of them. */

const found = await findKiwi(loadConfig());
const debian = hostRepository();
const obstacle =
  cannotRunBuilds() ??
  ("problem" in found ? found.problem : null) ??
  (debian === null ? "a Debian host is needed" : null);
const kiwi = "problem" in found ? "" : found.command;
const [address, release] = [debian?.address ?? "", debian?.release ?? ""];

interface Parts {
  version?: string;
  profiles?: string;
  type?: string;
  repository?: string;
  bootstrap?: string;
  extra?: string;
}

const repository = (path: string, distribution = release, more = "") =>
  `<repository type="apt-deb" alias="main" components="main" distribution="${distribution}" ${more}><source path="${path}"/></repository>`;

function description(parts: Parts = {}): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<image schemaversion="${parts.version ?? "7.5"}" name="failing">
  <description type="system">
    <author>Test</author>
    <contact>test@example.org</contact>
    <specification>A build that fails</specification>
  </description>
  ${parts.profiles ?? ""}
  <preferences>
    <version>1.0.0</version>
    <packagemanager>apt</packagemanager>
    ${parts.type ?? '<type image="tbz"/>'}
  </preferences>
  ${parts.repository ?? repository(address, release, 'repository_gpgcheck="false"')}
  ${parts.bootstrap ?? '<packages type="bootstrap"><package name="apt"/></packages>'}
  ${parts.extra ?? ""}
</image>
`;
}

interface Failure {
  /** What is written to config.xml; null = no such file. */
  config: string | null;
  /** Options before `system build`. */
  global?: string[];
  /** Options after it. */
  options?: string[];
  /** Prepares the folder of the build, which holds `description` and will hold `target`. */
  prepare?: (folder: string) => Promise<void>;
  /** What runs KIWI, with KIWI's own command line behind it. */
  through?: (folder: string) => string[];
  type?: string;
  /** The text that begins at the place that is shown; null = none is. */
  place: string | null;
}

/** A folder with just these programs of the host, to be the whole PATH. */
async function onlyPrograms(folder: string, ...names: string[]): Promise<void> {
  await mkdir(join(folder, "bin"));
  for (const name of names) {
    const path = await new Promise<string>((resolve) => {
      execFile("sh", ["-c", 'command -v "$0"', name], (_, stdout) => resolve(stdout.trim()));
    });
    if (path !== "") await symlink(path, join(folder, "bin", name));
  }
}

/** A root tree in which nothing but a shell runs: enough for scripts, and made in no time. */
async function shellRoot(folder: string): Promise<void> {
  const script = `
    root="$0/target/build/image-root"; mkdir -p "$root"/bin "$root"/etc "$root"/proc "$root"/sys "$root"/dev "$root"/var/run "$root"/usr/bin
    for program in /bin/bash /usr/bin/env /bin/ls; do
      cp -L "$program" "$root/bin/"; cp -L "$program" "$root/usr/bin/"
      ldd "$program" | grep -o '/[^ )]*' | while read -r library; do
        mkdir -p "$root$(dirname "$library")"; cp -L "$library" "$root$library"
      done
    done`;
  await promisify(execFile)("bash", ["-c", script, folder]);
}

const failures: Record<string, Failure> = {
  "file-not-found": { config: null, place: null },
  "not-readable": { config: '<image schemaversion="7.5" name="t"><oops></image>', place: null },
  "schema-invalid": { config: description({ extra: "<nonsense/>" }), place: null },
  "schema-invalid (a rule)": { config: description({ type: '<type image="tbz" installiso="true"/>' }), place: null },
  "schema-too-old": { config: description({ version: "1.1" }), place: 'schemaversion="1.1"' },
  "schema-too-new": { config: description({ version: "99.0" }), place: 'schemaversion="99.0"' },
  "bad-boolean": {
    config: description({ type: '<type image="oem" filesystem="ext4" installiso=" true "/>' }),
    place: '<type image="oem"',
  },
  "include-missing": {
    config: description({ extra: '<include from="this://gone.xml"/>' }),
    place: 'from="this://gone.xml"',
  },
  "profile-missing": {
    config: description({ profiles: '<profiles><profile name="A" description="a"/></profiles>' }),
    global: ["--profile", "Nobody"],
    place: "<profiles>",
  },
  "type-missing": { config: description(), global: ["--type", "iso"], type: "iso", place: "<preferences>" },
  "no-repositories": { config: description({ repository: "" }), place: "<image schemaversion" },
  "uri-unknown": { config: description({ repository: repository("some/where") }), place: 'path="some/where"' },
  "uri-unknown (scheme)": {
    config: description({ repository: repository("gopher://a/b") }),
    place: 'path="gopher://a/b"',
  },
  "local-repository": {
    config: description({ repository: repository("dir:///nowhere/at/all") }),
    place: 'path="dir:///nowhere/at/all"',
  },
  connection: {
    config: description({ repository: repository("http://127.0.0.1:9/debian") }),
    place: 'path="http://127.0.0.1:9/debian"',
  },
  "name-resolution": {
    config: description({ repository: repository("http://mirror.invalid/debian") }),
    place: 'path="http://mirror.invalid/debian"',
  },
  "release-missing": {
    config: description({ repository: repository(address, "nosuchrelease") }),
    place: 'distribution="nosuchrelease"',
  },
  signature: {
    config: description({ repository: repository(address, release, 'repository_gpgcheck="true"') }),
    place: "<repository",
  },
  "package-missing": {
    config: description({
      bootstrap: '<packages type="bootstrap"><package name="apt"/><package name="no-such-package"/></packages>',
    }),
    place: 'name="no-such-package"',
  },
  "dracut-package": {
    config: description({ type: '<type image="oem" filesystem="ext4"/>' }),
    type: "oem",
    place: 'image="oem"',
  },
  "key-missing": {
    config: description({
      repository: repository(address).replace(
        "/></repository>",
        '><signing key="file:///nowhere.key"/></source></repository>',
      ),
    }),
    place: 'key="file:///nowhere.key"',
  },
  "root-exists": {
    config: description(),
    prepare: async (folder) => void (await mkdir(join(folder, "target/build/image-root"), { recursive: true })),
    place: null,
  },
  "not-root": {
    config: description(),
    prepare: async (folder) => await chmod(folder, 0o777),
    through: () => ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"],
    place: null,
  },
  "required-tool": {
    config: description({ type: '<type image="docker"><containerconfig name="x"/></type>' }),
    prepare: (folder) => onlyPrograms(folder, "sh", "bash", "stat", "mountpoint", "uname"),
    through: (folder) => ["env", `PATH=${folder}/bin`],
    type: "docker",
    place: 'image="docker"',
  },
  "command-missing": {
    config: description(),
    prepare: (folder) => onlyPrograms(folder, "sh", "bash", "stat", "uname", "cp", "rm", "ln", "mkdir"),
    through: (folder) => ["env", `PATH=${folder}/bin`],
    type: "tbz",
    place: 'image="tbz"',
  },
  "log-socket": { config: description(), global: ["--logsocket", "/nowhere/at/all"], place: null },
  "disk-full": {
    config: description(),
    through: (folder) => [
      ...["sh", "-c", 'mkdir -p "$0" && mount -t tmpfs -o size=64k none "$0" && exec "$@"', join(folder, "target")],
    ],
    place: 'image="tbz"',
    type: "tbz",
  },
  killed: {
    config: description({ bootstrap: "" }),
    options: ["--allow-existing-root"],
    prepare: async (folder) => {
      await shellRoot(folder);
      await writeFile(join(folder, "description/post_bootstrap.sh"), "#!/bin/bash\nkill -KILL $PPID\n");
    },
    // The first process of a namespace cannot be killed from within: KIWI is not to be it.
    through: () => ["sh", "-c", '"$@"; exit $?', "sh"],
    place: null,
  },
  "script-failed": {
    config: description({ bootstrap: "" }),
    options: ["--allow-existing-root"],
    prepare: async (folder) => {
      await shellRoot(folder);
      await writeFile(join(folder, "description/post_bootstrap.sh"), "#!/bin/bash\ntrue\nno-such-command\nexit 3\n");
    },
    place: "no-such-command",
  },
};

describe.skipIf(obstacle !== null)(
  `what the real KIWI fails of is explained${obstacle === null ? "" : ` (${obstacle})`}`,
  () => {
    test.each(Object.entries(failures))("%s", { timeout: 240_000 }, async (name, failure) => {
      const folder = await mkdtemp(join(tmpdir(), "failing-"));
      onTestFinished(() => rm(folder, { recursive: true, force: true }));
      const place = join(folder, "description");
      await mkdir(place);
      if (failure.config !== null) await writeFile(join(place, "config.xml"), failure.config);
      await failure.prepare?.(folder);

      const { code, output } = await runKiwi(folder, failure);
      expect(code, output).not.toBe(0);
      const log = new KiwiLog();
      log.append(output);
      log.finish();
      const { config } = failure;
      const texts: Record<string, string> = {
        ...(config === null ? {} : { "config.xml": config }),
        "post_bootstrap.sh": "#!/bin/bash\ntrue\nno-such-command\nexit 3\n",
      };
      const [first] = explain(
        log,
        { type: failure.type ?? null, reason: code === 137 ? signalReason("SIGKILL") : "KIWI failed.", failed: true },
        {
          documents: config === null ? [] : [readSource("config.xml", config)],
          read: (path) => texts[path],
        },
      );
      expect(first?.rule, output).toBe(name.split(" ")[0]);
      const at = first?.places[0];
      const text = at === undefined ? null : (texts[at.file]?.split("\n")[at.line - 1] ?? "").slice(at.column - 1);
      if (failure.place === null) expect(text).toBeNull();
      else expect(text).toSatisfy((shown: string | null) => shown?.startsWith(failure.place ?? "") ?? false);
    });
  },
);

/** Runs `kiwi-ng system build` in namespaces, so that nothing of it stays on the host. */
function runKiwi(folder: string, failure: Failure): Promise<{ code: number; output: string }> {
  const namespaces = ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private"];
  const global = ["--debug", "--temp-dir", folder, ...(failure.global ?? [])];
  const build = ["--description", join(folder, "description"), "--target-dir", join(folder, "target")];
  const command = [...(failure.through?.(folder) ?? []), kiwi, ...global, "system", "build", ...build];
  const all = [...namespaces, ...command, ...(failure.options ?? [])];
  return new Promise((resolve) => {
    // One stream, as the builder records it.
    const script = 'exec "$@" 2>&1';
    execFile("sh", ["-c", script, "sh", "unshare", ...all], { maxBuffer: 64 << 20 }, (error, stdout) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error === null ? 0 : 1, output: stdout });
    });
  });
}
