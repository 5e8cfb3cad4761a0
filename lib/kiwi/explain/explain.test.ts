import { describe, expect, test } from "vitest";
import { readSource } from "#lib/kiwi/language/source-document.ts";
import { KiwiLog } from "#lib/kiwi/log/index.ts";
import { explain, type FailedBuild, ownRules } from "./index.ts";

const config = `<image schemaversion="8.5" name="demo">
  <include from="this://parts/gone.xml"/>
  <profiles><profile name="Live" description="d"/></profiles>
  <preferences>
    <type image="oem" filesystem="ext4" firmware="uefi" efiparttable="msdos" installiso=" true " editbootconfig="boot.sh">
      <bootloader name="grub2"/>
      <size unit="M">100</size>
      <systemdisk name="systemVG"><volume name="home" size="10"/></systemdisk>
      <partitions><partition name="var" size="10" mountpoint="/var"/></partitions>
      <initrd action="add"><dracut module="livenet"/></initrd>
    </type>
    <type image="iso" flags="dmsquash"/>
    <type image="docker"/>
  </preferences>
  <repository alias="main"><source path="https://mirror.example.org/debian"><signing key="file:///nowhere.key"/></source></repository>
  <repository alias="release" distribution="nosuch"><source path="https://other.example.org/debian/"/></repository>
  <repository alias="local"><source path="dir:///nowhere/at/all"/></repository>
  <repository alias="odd"><source path="some/where"/></repository>
  <packages type="bootstrap"><package name="apt"/></packages>
  <packages type="image">
    <package name="no-such-package"/>
    <package name="broken-package"/>
    <archive name="gone.tar.gz"/>
  </packages>
</image>
`;
const scripts: Record<string, string> = { "config.sh": "#!/bin/bash\nset -e\nfoo\n" };
const description = {
  documents: [readSource("config.xml", config)],
  read: (path: string) => (path === "config.xml" ? config : scripts[path]),
};

/** A log as KIWI writes it: lines without a head are continuations, an error is the last record. */
function logOf(...lines: string[]): KiwiLog {
  const log = new KiwiLog();
  log.append("[ INFO    ]: 10:00:00 | Loading XML description: /d/config.xml\n");
  for (const line of lines) {
    const head = /^(INFO|DEBUG|WARNING|ERROR) (?<text>[^]*)$/.exec(line);
    log.append(head === null ? `${line}\n` : `[ ${head[1]?.padEnd(8)}]: 10:00:01 | ${head.groups?.["text"]}\n`);
  }
  log.finish();
  return log;
}

const failed: FailedBuild = { type: "oem", reason: "KIWI failed.", failed: true };
const cause = (lines: string[], build: FailedBuild = failed) => explain(logOf(...lines), build, description)[0];

const bootstrap = "INFO Installing bootstrap packages";
const system = "INFO Installing system packages (chroot)";
const bootstrapError = (text: string) => `ERROR KiwiDebianBootstrapError: KiwiCommandError: apt-get: stderr: ${text}`;
const installError =
  "ERROR KiwiInstallPhaseFailed: System package installation failed: E: Sub-process returned an error";

/** Rule, lines of the log, and what stands at the place that is shown. */
const table: [rule: string, lines: string[], place: string | null, build?: Partial<FailedBuild>][] = [
  ["not-root", ["ERROR KiwiPrivilegesError: operation requires root permissions"], null],
  ["file-not-found", ["ERROR KiwiConfigFileNotFound: no XML description found in /d"], null],
  [
    "not-readable",
    ["ERROR KiwiConfigFileFormatNotSupported: Configuration file could not be parsed. In case your file is XML ..."],
    null,
  ],
  [
    "schema-invalid",
    [
      "INFO RelaxNG validation failed. See jing report:",
      '/tmp/x:18:16: error: element "nonsense" not allowed anywhere',
      "ERROR KiwiDescriptionInvalid: Failed to validate schema and/or schematron rules. Use --debug for more details",
    ],
    null,
  ],
  [
    "schema-too-old",
    ["ERROR KiwiDescriptionInvalid: Error: Schema version must be >= 7.4 For details how to update ..."],
    'schemaversion="8.5"',
  ],
  [
    "schema-too-new",
    [
      'INFO --> jing: /tmp/x:2:40: error: value of attribute "schemaversion" is invalid; must be equal to "8.5"',
      "ERROR KiwiDescriptionInvalid: Failed to validate schema and/or schematron rules.",
    ],
    'schemaversion="8.5"',
  ],
  ["bad-boolean", ["ERROR KiwiDataStructureError: Bad boolean attribute (element type/line 10)"], '<type image="oem"'],
  [
    "include-missing",
    ["ERROR KiwiIncludFileNotFoundError: include reference '/d/parts/gone.xml' does not exist"],
    'from="this://parts/gone.xml"',
  ],
  ["profile-missing", ["ERROR KiwiProfileNotFound: profile Nobody not found for host arch x86_64"], "<profiles>"],
  [
    "type-missing",
    ["ERROR KiwiTypeNotFound: Build type 'squashfs' not found for applied profiles: []"],
    "<preferences>",
    { type: "squashfs" },
  ],
  ["no-repositories", ["ERROR KiwiRuntimeError: No repositories configured"], '<repository alias="main">'],
  ["root-exists", ["ERROR KiwiRootDirExists: Root directory /t/build/image-root already exists"], null],
  ["command-missing", ['ERROR KiwiCommandNotFound: Command "mksquashfs" not found in the environment'], 'image="oem"'],
  [
    "required-tool",
    ["ERROR KiwiRuntimeError: ", "Required tool umoci not found in caller environment"],
    'image="docker"',
    { type: "docker" },
  ],
  [
    "dracut-package",
    [
      "ERROR KiwiRuntimeError: ",
      "Required dracut module package missing in package list",
      "One of the packages '['dracut-kiwi-oem-repart', 'kiwi-dracut-oem-repart']' is required",
      "for the selected oem image type. Depending on your distribution,",
    ],
    'type="image"',
  ],
  [
    "dracut-module",
    [
      "INFO Creating generic dracut initrd archive",
      "dracut: dracut module 'livenet' cannot be found or installed.",
      "ERROR KiwiCommandError: chroot: stderr: dracut: dracut module 'livenet' cannot be found or installed.",
    ],
    'module="livenet"',
  ],
  ["install-failed", [system, installError], 'type="image"'],
  [
    "bootstrap-failed",
    [bootstrap, "ERROR KiwiBootStrapPhaseFailed: Bootstrap package installation failed: unknown"],
    'type="bootstrap"',
  ],
  [
    "package-missing",
    [
      system,
      "DEBUG system: E: Unable to locate package no-such-package",
      "ERROR KiwiInstallPhaseFailed: System package installation failed: E: Unable to locate package no-such-package",
    ],
    'name="no-such-package"',
  ],
  [
    "package-missing",
    [system, "DEBUG system: No provider of 'no-such-package' found.", installError],
    'name="no-such-package"',
  ],
  [
    "package-missing",
    [system, "DEBUG system: No match for argument: no-such-package", installError],
    'name="no-such-package"',
  ],
  [
    "package-missing",
    [bootstrap, "DEBUG bootstrap: error: target not found: no-such-package", "ERROR KiwiBootStrapPhaseFailed: failed"],
    'name="no-such-package"',
  ],
  [
    "no-candidate",
    [system, "DEBUG system: E: Package 'broken-package' has no installation candidate", installError],
    'name="broken-package"',
  ],
  [
    "apt-lock",
    [system, "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7 (apt-get)", installError],
    null,
  ],
  [
    "apt-lock",
    [bootstrap, bootstrapError("KiwiCommandError: apt-get: stderr: E: dpkg was interrupted, you must manually run it")],
    null,
  ],
  [
    "merged-usr",
    [
      bootstrap,
      "DEBUG bootstrap: base-files : PreDepends: usr-is-merged but it is not going to be installed",
      bootstrapError("E: Error"),
    ],
    'type="bootstrap"',
  ],
  [
    "signature",
    [
      bootstrap,
      "W: GPG error: https://mirror.example.org/debian bookworm InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 0E98404D386FA1D9",
      bootstrapError("E: The repository is not signed."),
    ],
    '<signing key="file:///nowhere.key"/>',
  ],
  [
    "uri-open",
    ["ERROR KiwiUriOpenError: https://mirror.example.org/debian: 404"],
    'path="https://mirror.example.org/debian"',
  ],
  ["uri-unknown", ["ERROR KiwiUriStyleUnknown: URI scheme not detected some/where"], 'path="some/where"'],
  [
    "local-repository",
    [
      "WARNING repository dir:///nowhere/at/all does not exist and will be skipped",
      bootstrap,
      bootstrapError("E: Unable to locate package apt"),
    ],
    'path="dir:///nowhere/at/all"',
  ],
  [
    "vfat",
    [
      "INFO Syncing system to image",
      "ERROR KiwiCommandError: mount: stderr: mount: /t/x: unknown filesystem type 'vfat'.",
    ],
    'firmware="uefi"',
  ],
  ["mapped-device", ["ERROR KiwiMappedDeviceError: Device /dev/loop0p1 does not exist"], null],
  [
    "loop-device",
    ["ERROR KiwiCommandError: losetup: stderr: losetup: /t/x.raw: failed to set up loop device: No such device"],
    null,
  ],
  [
    "partition-tool",
    [
      "INFO Creating raw disk image /t/x.raw",
      "ERROR KiwiCommandError: sfdisk: stderr: sfdisk: failed to write disk label",
    ],
    'efiparttable="msdos"',
  ],
  [
    "partition-in-use",
    [
      "INFO Creating raw disk image /t/x.raw",
      "ERROR KiwiCommandError: partx: stderr: partx: /dev/loop1: error adding partition 1",
    ],
    'efiparttable="msdos"',
  ],
  [
    "disk-full",
    [
      "INFO Syncing system to image",
      'ERROR KiwiCommandError: rsync: stderr: rsync: write failed on "/t/usr/lib/x": No space left on device (28)',
    ],
    '<size unit="M">100</size>',
  ],
  [
    "partition-small",
    ["ERROR KiwiVolumeTooSmallError: ", "Requested volume size 10MB for 'home' is too small"],
    'name="home"',
  ],
  [
    "partition-small",
    ["ERROR KiwiPartitionTooSmallError: ", "Requested partition size 10MB for '/var' is too small"],
    'mountpoint="/var"',
  ],
  [
    "volume-group",
    ["ERROR KiwiVolumeGroupConflict: Requested volume group systemVG is in use on this host"],
    'name="systemVG"',
  ],
  ["busy-mount", ["ERROR KiwiUmountBusyError: umount: /t/build/image-root/proc: target is busy."], "#!/bin/bash"],
  [
    "secure-boot-loader",
    ["ERROR KiwiBootLoaderGrubSecureBootError: Signed grub2 efi loader not found"],
    'firmware="uefi"',
  ],
  [
    "grub-missing",
    ["ERROR KiwiBootLoaderGrubDataError: No grub2 installation found in /t for target i386-pc"],
    '<bootloader name="grub2"/>',
  ],
  ["kernel-missing", ["ERROR KiwiDiskBootImageError: No kernel in boot image tree /t found"], 'type="image"'],
  [
    "syslinux",
    ["ERROR KiwiIsoToolError: Required syslinux module(s) not found: isolinux.bin"],
    'image="iso"',
    { type: "iso" },
  ],
  [
    "script-failed",
    [
      "INFO Calling config.sh script",
      "ERROR KiwiScriptFailed: config.sh failed with: /image/config.sh: line 3: foo: command not found",
    ],
    "foo",
  ],
  ["denied", ["ERROR KiwiCommandError: mount: stderr: mount: /t/proc: Operation not permitted"], null],
  [
    "unsuitable-filesystem",
    ["ERROR KiwiRuntimeError: ", "The filesystem nfs does not support important features like extended permissions,"],
    null,
  ],
  ["runtime-configuration", ["ERROR KiwiRuntimeConfigFormatError: Wrong format"], null],
  ["log-socket", ["ERROR KiwiLogSocketSetupFailed: [Errno 2] No such file or directory"], null],
  ["solver-missing", ["ERROR KiwiSatSolverPluginError: No module named 'solv'"], null],
  [
    "name-resolution",
    [
      bootstrap,
      "W: Failed to fetch https://mirror.example.org/debian/dists/x/InRelease  Could not resolve 'mirror.example.org'",
      bootstrapError("E: Unable to locate package apt"),
    ],
    'path="https://mirror.example.org/debian"',
  ],
  [
    "connection",
    [
      bootstrap,
      "W: Failed to fetch https://other.example.org/debian/dists/x  Could not connect to other.example.org:443 (10.0.0.1).",
      bootstrapError("E: Unable to locate package apt"),
    ],
    'path="https://other.example.org/debian/"',
  ],
  [
    "certificate",
    [bootstrap, "curl: (60) SSL certificate problem: self-signed certificate", "ERROR KiwiBootStrapPhaseFailed: x"],
    '<repository alias="main">',
  ],
  [
    "release-missing",
    [
      bootstrap,
      "E: The repository 'https://other.example.org/debian nosuch Release' does not have a Release file.",
      bootstrapError("E: x"),
    ],
    'distribution="nosuch"',
  ],
  [
    "hash-mismatch",
    [bootstrap, "E: Failed to fetch x  Hash Sum mismatch", bootstrapError("E: x")],
    '<repository alias="main">',
  ],
  [
    "package-conflict",
    [system, "DEBUG system: The following packages have unmet dependencies:", installError],
    'type="image"',
  ],
  [
    "maintainer-script",
    [
      system,
      "DEBUG system: dpkg: error processing package broken-package (--configure):",
      "DEBUG system:  installed broken-package package post-installation script subprocess returned error exit status 1",
      installError,
    ],
    'name="broken-package"',
  ],
  [
    "script-missing",
    ["ERROR KiwiImportDescriptionError: Specified archive /d/gone.tar.gz does not exist"],
    'name="gone.tar.gz"',
  ],
  [
    "script-missing",
    ["ERROR KiwiImportDescriptionError: Specified script /d/boot.sh does not exist"],
    'editbootconfig="boot.sh"',
  ],
  [
    "key-missing",
    [
      "ERROR Unexpected error:",
      "  File repository/apt.py, line 331, in import_trusted_keys",
      "FileNotFoundError: [Errno 2] No such file or directory: '/nowhere.key'",
    ],
    'key="file:///nowhere.key"',
  ],
  ["tool-version", ["ERROR KiwiRuntimeError: ", "Incompatible dracut-kiwi module(s) found"], null],
  ["extension-invalid", ["ERROR KiwiExtensionError: Schema validation for extension XML data failed"], null],
  ["other-check", ["ERROR KiwiRuntimeError: ", "Something that only a later KIWI checks"], null],
  ["internal-error", ["ERROR Unexpected error:", "Traceback (most recent call last):", "ValueError: x"], null],
  ["killed", [system], null, { reason: "KIWI was killed from outside, as the kernel does when memory runs out." }],
  ["killed", [system], null, { reason: "KIWI was ended by SIGTERM." }],
  ["no-result", [system], null, { reason: "KIWI ended with status 0, but left no results." }],
];

describe("a failure is explained and placed", () => {
  test.each(table)("%s: %j", (rule, lines, place, build = {}) => {
    const found = cause(lines, { ...failed, ...build });
    expect(found?.rule).toBe(rule);
    expect(found?.severity).toBe("failure");
    for (const words of [found?.title, found?.cause, found?.remedy]) expect(words).not.toMatch(/[{}…]/);
    const at = found?.places[0];
    const text =
      at === undefined ? null : (description.read(at.file)?.split("\n")[at.line - 1] ?? "").slice(at.column - 1);
    if (place === null) expect(text).toBeNull();
    else expect(text?.startsWith(place) ?? false, `${text} begins with ${place}`).toBe(true);
  });

  test("every rule is reached by a test", () => {
    const reached = new Set(table.map(([rule]) => rule));
    expect(ownRules.filter(({ id, severity }) => severity === "failure" && !reached.has(id))).toEqual([]);
  });

  test("the proving lines are named by their number in the stored log", () => {
    const found = cause([system, "DEBUG system: E: Unable to locate package no-such-package", installError]);
    expect(found?.evidence.map(({ line }) => line)).toEqual([3, 4]);
    expect(found?.evidence[0]?.text).toContain("no-such-package");
  });

  test("several missing packages are all named and placed", () => {
    const found = cause([
      system,
      "E: Unable to locate package no-such-package",
      "E: Unable to locate package broken-package",
      installError,
    ]);
    expect(found?.title).toBe("No repository has no-such-package, broken-package");
    expect(found?.places.map(({ text }) => text)).toEqual([
      '<package name="no-such-package"/>',
      '<package name="broken-package"/>',
    ]);
  });
});

describe("remedies that are edits of the description", () => {
  const row = (rule: string) => table.find(([name]) => name === rule)?.[1] ?? [];
  /** What an edit takes out of the description, and what it puts in. */
  const changed = (rule: string, build: Partial<FailedBuild> = {}) => {
    const found = cause(row(rule), { ...failed, ...build });
    expect(found?.rule).toBe(rule);
    return found?.edits.map(({ path, title, text }) => {
      const [before, after] = [config.split("\n"), text.split("\n")];
      expect(path).toBe("config.xml");
      return [
        title,
        before.filter((line) => !after.includes(line)).map((line) => line.trim()),
        after.filter((line) => !before.includes(line)).map((line) => line.trim()),
      ];
    });
  };
  test("an entry that no repository has is removed, with its line", () => {
    expect(changed("package-missing")).toEqual([["Remove no-such-package", ['<package name="no-such-package"/>'], []]]);
  });
  test("one of the packages that KIWI names is added", () => {
    expect(changed("dracut-package")?.map(([title, removed, added]) => [title, removed, added])).toEqual([
      ["Add dracut-kiwi-oem-repart", [], ['<package name="dracut-kiwi-oem-repart"/>']],
      ["Add kiwi-dracut-oem-repart", [], ['<package name="kiwi-dracut-oem-repart"/>']],
    ]);
  });
  test("a profile is declared, a module left out, a size left to KIWI", () => {
    expect(changed("profile-missing")).toEqual([
      [
        "Declare the profile Nobody",
        ['<profiles><profile name="Live" description="d"/></profiles>'],
        ['<profiles><profile name="Live" description="d"/><profile name="Nobody" description="Nobody"/></profiles>'],
      ],
    ]);
    expect(changed("dracut-module")?.[0]?.[0]).toBe("Leave livenet out of the initrd");
    expect(changed("disk-full")).toEqual([
      ["Let KIWI calculate the size: remove <size>", ['<size unit="M">100</size>'], []],
    ]);
  });
  test.each([
    ["partition-tool", 'efiparttable="gpt"'],
    ["secure-boot-loader", 'firmware="efi"'],
    ["vfat", 'firmware="bios"'],
    ["volume-group", 'name="systemVGImage"'],
    ["uri-unknown", 'path="this://some/where"'],
    ["merged-usr", '<package name="usrmerge"/>'],
    ["no-candidate", ""],
  ])("%s", (rule, after) => {
    const edits = cause(row(rule))?.edits ?? [];
    expect(edits).toHaveLength(1);
    expect(edits[0]?.text).toContain(after);
    expect(edits[0]?.text).not.toBe(config);
  });
  test("a version that is too new becomes the one that KIWI knows", () => {
    const newer = { documents: [readSource("config.xml", config.replace("8.5", "9.0"))] };
    const [found] = explain(logOf(...row("schema-too-new")), failed, description, ownRules, newer);
    expect(found?.edits.map(({ text }) => text)).toEqual([config]);
  });
  test("a description in YAML, and one that has the remedy already, are left as they are", () => {
    const yaml = { documents: [readSource("config.yaml", "image:\n  packages:\n")], read: () => undefined };
    expect(explain(logOf(...row("package-missing")), failed, yaml)[0]?.edits).toEqual([]);
    const mended = cause(row("dracut-package"))?.edits[0]?.text ?? "";
    const now = { documents: [readSource("config.xml", mended)] };
    const again = explain(logOf(...row("dracut-package")), failed, description, ownRules, now)[0]?.edits;
    expect(again?.map(({ title }) => title)).toEqual(["Add kiwi-dracut-oem-repart"]);
  });
});

describe("warnings are shown beside a failure and after a success", () => {
  const succeeded: FailedBuild = { type: "oem", reason: null, failed: false };
  test.each([
    ["size-too-small", "WARNING --> Configured size smaller than calculated size: 900 MB", '<size unit="M">100</size>'],
    ["initrd-module-left-out", 'WARNING module "livenet" not included in initrd', 'module="livenet"'],
    ["repository-skipped", "WARNING repository dir:///nowhere/at/all does not exist and will be skipped", "path="],
    [
      "not-verified",
      "W: GPG error: https://mirror.example.org/debian bookworm InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 0E98404D386FA1D9",
      'path="https://mirror.example.org/debian"',
    ],
    ["initrd-tool", "dracut-install: ERROR: installing 'pgrep'", 'type="image"'],
    ["host-file-changed", "WARNING /etc/resolv.conf was modified during the build; the change is lost", "#!/bin/bash"],
  ])("%s", (rule, line, place) => {
    const found = explain(logOf(line), succeeded, description);
    expect(found.map((one) => one.rule)).toEqual([rule]);
    const at = found[0]?.places[0];
    const text = (description.read(at?.file ?? "")?.split("\n")[(at?.line ?? 0) - 1] ?? "").slice(
      (at?.column ?? 0) - 1,
    );
    expect(text.startsWith(place)).toBe(true);
  });

  test("a success is not explained as a failure", () => {
    expect(explain(logOf("DEBUG No space left on device"), succeeded, description)).toEqual([]);
  });
});
