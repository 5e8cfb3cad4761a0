import type { FailureRuleInput } from "#lib/contracts/failure-rule.ts";

/** What KIWI calls the errors in which a package manager has failed. */
const packageError = "BootStrap|Bootstrap|Install|Packages|Request|Update|Uri|Repository";

/**
 * The failures that we know, the more telling one first: the first that applies explains a build. The patterns were
 * collected from builds with KIWI 9.24 and 11.1 and from their sources. A site adds its own in `failure-rules.yaml`,
 * in this form.
 */
export const failureRules: readonly FailureRuleInput[] = [
  // The description cannot be read.
  {
    id: "file-not-found",
    title: "KIWI found no description",
    error: "^KiwiConfigFileNotFound:",
    cause: "The folder holds no config.xml and no *.kiwi file under the name that was asked for.",
    remedy:
      "Choose the image file of the description explicitly. Files in YAML, JSON or TOML are never found by themselves.",
  },
  {
    id: "not-readable",
    title: "The description cannot be read",
    error: "^KiwiConfigFileFormatNotSupported:",
    cause:
      "The file is not well-formed XML; or it is YAML, JSON or TOML, and this KIWI lacks the Python module anymarkup_core.",
    remedy: "Open the description: the editor marks the very place. For other formats than XML install the module.",
  },
  {
    id: "schema-too-new",
    title: "The description needs a newer KIWI",
    error: "^KiwiDescriptionInvalid:",
    line: 'attribute "?schemaversion"?.*(?:is invalid(?:; must be equal to "(?<known>[\\d.]+)")?|failed to validate)',
    cause: "Its schemaversion is newer than what the installed KIWI knows.",
    remedy: "Update KIWI, or lower schemaversion to the newest one that this KIWI knows.",
    places: [{ element: "image", attribute: "schemaversion" }],
    edits: [
      {
        title: 'Set schemaversion="{known}"',
        of: { element: "image", attribute: "schemaversion" },
        change: { set: "{known}" },
      },
    ],
  },
  {
    id: "schema-too-old",
    title: "The description is too old for this KIWI",
    error: "Schema version must be >= (?<oldest>[\\d.]+)",
    cause: "KIWI upgrades descriptions by itself only from schema version {oldest} on.",
    remedy:
      "Open the description and take the quick fix at schemaversion: it upgrades the file and keeps all else as it is.",
    places: [{ element: "image", attribute: "schemaversion" }],
  },
  {
    id: "schema-invalid",
    title: "The description breaks the schema",
    error: "^KiwiDescriptionInvalid:",
    cause: "An element, an attribute or a value is not allowed where it stands, or a rule between them is broken.",
    remedy: "Open the description: the problems panel names each place and what may stand there.",
  },
  {
    id: "bad-boolean",
    title: "A value is neither true nor false",
    error: "Bad boolean attribute(?: \\(element (?<element>[\\w-]+))?",
    cause: "The schema lets blanks around true and false pass; what reads the description afterwards does not.",
    remedy: "Write true or false without blanks.",
    places: [{ element: "{element}" }],
  },
  {
    id: "include-missing",
    title: "An included file does not exist",
    error: "include reference '(?<path>[^']*?(?<name>[^'/]*))' does not exist",
    cause:
      "KIWI looked for {path}. It fetches nothing from the network, and this:/// with three slashes is an absolute path.",
    remedy: "Put the file into the description's folder and name it this://{name}.",
    places: [{ element: "include", attribute: "from", part: "{name}" }, { element: "include" }],
  },
  {
    id: "profile-missing",
    title: "There is no profile {profile}",
    error: "^KiwiProfileNotFound: profile (?<profile>\\S+) not found for host arch (?<arch>\\S+)",
    cause: "The description declares no profile of this name, or declares it for other architectures than {arch}.",
    remedy: "Choose one of the declared profiles, or declare this one in <profiles>.",
    places: [
      { element: "profile", attribute: "name", value: "{profile}" },
      { element: "requires", attribute: "profile", value: "{profile}" },
      { element: "profiles" },
    ],
    edits: [
      {
        title: "Declare the profile {profile}",
        of: { element: "profiles" },
        change: { add: "profile", attributes: { name: "{profile}", description: "{profile}" } },
      },
    ],
  },
  {
    id: "type-missing",
    title: "The chosen profiles have no type {type}",
    error: "^KiwiTypeNotFound:(?: Build type '(?<type>[^']*)' not found)?",
    cause: 'No <type image="{type}"> stands in a <preferences> section that is active with these profiles.',
    remedy: "Choose type and profiles that go together, or add the type to an active <preferences> section.",
    places: [{ element: "type", attribute: "image", value: "{type}" }, { element: "preferences" }],
  },
  {
    id: "no-repositories",
    title: "No repository is active",
    error: "No repositories configured",
    cause: "Every <repository> is bound to profiles or architectures that were not chosen, or there is none.",
    remedy: "Add a repository without profiles=, or choose a profile that brings one.",
    places: [{ element: "repository" }, { element: "image" }],
  },
  {
    id: "extension-invalid",
    title: "An <extension> is not valid",
    error: "^KiwiExtensionError:",
    cause:
      "What stands in <extension> breaks the schema of its own namespace, or that schema is not in the XML catalog.",
    remedy: "Correct the extension, or register its schema in /etc/xml/catalog on the builder.",
    places: [{ element: "extension" }],
  },
  {
    id: "tool-version",
    title: "The dracut modules in the image are older than KIWI",
    error: "Incompatible dracut-kiwi module",
    cause: "The image brings kiwi-dracut packages that are too old for the KIWI that builds it.",
    remedy: "Take these packages from a repository with the builder's KIWI version.",
    places: [{ element: "package", attribute: "name", part: "dracut" }],
  },
  {
    id: "dracut-package",
    title: "The image lacks the package with dracut's module for this type",
    error:
      "Required dracut module package missing[^]*?packages '\\[(?<packages>'(?<one>[^']+)'(?:, '(?<other>[^']+)')?[^\\]]*)\\]'[^]*?selected (?<type>\\w+)",
    cause: "Images of type {type} need one of these packages by its literal name: {packages}.",
    remedy: 'Add the one that your distribution has to <packages type="image">.',
    places: [
      { element: "packages", attribute: "type", value: "image" },
      { element: "type", attribute: "image", value: "{type}" },
    ],
    edits: [
      {
        title: "Add {one}",
        of: { element: "packages", attribute: "type", value: "image" },
        change: { add: "package", attributes: { name: "{one}" } },
      },
      {
        title: "Add {other}",
        of: { element: "packages", attribute: "type", value: "image" },
        change: { add: "package", attributes: { name: "{other}" } },
      },
    ],
  },
  {
    id: "required-tool",
    title: "The builder lacks {tool}",
    error: "Required tool (?<tool>\\S+) not found in caller environment",
    cause: "This image type is made with a program of the builder that is not installed there.",
    remedy:
      "Install {tool} on the builder (the page Builder names its package), or choose another tool in KIWI's runtime configuration.",
    places: [{ element: "type", attribute: "image", value: "{type}" }],
  },
  {
    id: "unsuitable-filesystem",
    title: "The builder's folder lies on an unsuitable filesystem",
    error: "does not support important features",
    cause:
      "KIWI's target folder is on a filesystem without permissions, ownership or extended attributes, such as NFS or 9p.",
    remedy: "Set KIWI_WORKBENCH_DATA to a folder on a local ext4, xfs or btrfs.",
  },
  {
    id: "script-missing",
    title: "A file that the description names is missing",
    error: "Specified (?:script|archive|file|metadata path) (?<path>\\S*?(?<name>[^/\\s]+)) does not exist",
    cause: "KIWI looked for {path}.",
    remedy: "Put the file into the description's folder, or correct its name.",
    places: [
      { element: "archive", attribute: "name", part: "{name}" },
      { element: "file", attribute: "name", part: "{name}" },
      { element: "type", attribute: "editbootconfig", part: "{name}" },
      { element: "type", attribute: "editbootinstall", part: "{name}" },
      { element: "type", attribute: "metadata_path", part: "{name}" },
    ],
  },
  {
    id: "other-check",
    title: "A check of KIWI refuses the description",
    error: "^KiwiRuntimeError:",
    cause: "Before it begins, KIWI checks what the schema cannot say. Its own words below tell what is missing.",
    remedy: "Follow KIWI's words; open the description to see whether the editor marks the place.",
  },

  // The builder itself.
  {
    id: "not-root",
    title: "KIWI does not run as root",
    error: "^KiwiPrivilegesError:",
    cause: "Building an image needs root on the builder.",
    remedy: "Start KIWI Workbench as root or let it use sudo for the builder.",
  },
  {
    id: "root-exists",
    title: "The root tree of an earlier build is in the way",
    error: "^KiwiRootDirExists:",
    cause: "The target folder holds the root tree of a build that did not end cleanly.",
    remedy: "Build again: every build gets a folder of its own.",
  },
  {
    id: "runtime-configuration",
    title: "KIWI's runtime configuration has the wrong form",
    error: "^KiwiRuntimeConfig(?:Format|File)Error:",
    cause: "KIWI 9 and 10 want lists where KIWI 11 wants maps; the file was written for the other one.",
    remedy: "Rewrite the configuration file for the installed KIWI, or remove it.",
  },
  {
    id: "log-socket",
    title: "KIWI could not reach the socket for its log",
    error: "^KiwiLogSocketSetupFailed:",
    cause: "Nobody listened at the socket that --logsocket named.",
    remedy: "Start what listens before KIWI, or leave the option out.",
  },
  {
    id: "solver-missing",
    title: "KIWI's package solver is not installed",
    error: "^KiwiSatSolverPluginError:",
    cause: "Resolving package lists without a build needs the Python module solv.",
    remedy: "Install python3-solv on the builder.",
  },
  {
    id: "disk-full",
    title: "A disk is full",
    line: "No space left on device|[Dd]isk quota exceeded|not enough free space|You don't have enough free space in (?<path>\\S+?)\\.",
    cause:
      "Either the builder has no room left, or the image is smaller than what goes into it: a fixed <size> counts for all of it.",
    remedy:
      'Free room on the builder; where the copy into the image failed, raise <size>, remove it, or make it additive="true".',
    places: [{ element: "size" }, { element: "type", attribute: "image", value: "{type}" }],
    edits: [{ title: "Let KIWI calculate the size: remove <size>", of: { element: "size" }, change: "remove" }],
  },
  {
    id: "script-failed",
    title: "{script} failed",
    error: "^KiwiScriptFailed: (?<script>[\\w./-]+) failed with: (?:[^]*?line (?<line>\\d+):)?",
    cause: "The script ended with a status other than 0; its own words are in the error.",
    remedy: "Correct the script. A command whose failure does not matter may end in || true.",
    places: [{ file: "{script}", line: "{line}" }, { file: "{script}" }],
  },
  {
    id: "apt-lock",
    title: "Another package manager is in the way",
    line: "Could not get lock (?<path>/\\S+?)[.,: ]|dpkg frontend lock|dpkg was interrupted, you must",
    cause: "Two builds share a package cache, or the host's own apt or dpkg is at work, or was interrupted.",
    remedy: "Build again when the other one has ended; if it stays so, run dpkg --configure -a on the builder.",
  },
  {
    id: "vfat",
    title: "The builder's kernel cannot mount {filesystem}",
    line: "unknown filesystem type '(?<filesystem>[^']+)'",
    cause: "An image with EFI needs a small vfat partition; the kernel of the builder has no driver for {filesystem}.",
    remedy: "Build on a host whose kernel has it; where the machine allows, choose firmware that needs none.",
    places: [
      { element: "type", attribute: "firmware" },
      { element: "type", attribute: "image", value: "{type}" },
    ],
    edits: [
      {
        title: 'Set firmware="bios"',
        of: { element: "type", attribute: "firmware", part: "efi" },
        change: { set: "bios" },
      },
    ],
  },
  {
    id: "partition-in-use",
    title: "A loop device still has partitions of another build",
    line: "partx: .*error adding partition|BLKPG.*[Bb]usy",
    cause: "A build that was killed has left partitions on a loop device, and the kernel keeps them.",
    remedy:
      "The builder frees them when it starts and after each build: build again. KIWI 9.24 also fails so on msdos disks by itself; KIWI 11 does not.",
    places: [
      { element: "type", attribute: "efiparttable" },
      { element: "type", attribute: "image", value: "{type}" },
    ],
  },
  {
    id: "mapped-device",
    title: "A partition's device never appeared",
    error: "^KiwiMappedDeviceError: Device (?<device>\\S+) does not exist",
    cause: "In containers nobody makes {device} when the disk is partitioned.",
    remedy: "Build on a real or virtual machine, or set mapper: part_mapper: kpartx in KIWI's runtime configuration.",
  },
  {
    id: "loop-device",
    title: "There is no free loop device",
    line: "failed to set up loop device|losetup: .*(?:failed|cannot find|No such)|KiwiLoopSetupError",
    cause: "The builder's kernel gives no loop device: they are all in use, not allowed, or the module is not loaded.",
    remedy:
      "Load the module loop (modprobe loop), free devices that nobody uses (losetup -l), or build where they are allowed.",
  },
  {
    id: "partition-tool",
    title: "The disk could not be partitioned",
    line: "^(?:.*\\b)?(?:sfdisk|fdisk|parted|sgdisk)\\b.*(?:failed|[Ee]rror|unrecognized|not supported|unable)",
    error: "Partitioner|fdisk|parted|sgdisk|sfdisk",
    cause: "The builder's partition tools and the wanted partition table do not go together.",
    remedy: 'Try efiparttable="gpt", or newer util-linux and parted on the builder.',
    places: [
      { element: "type", attribute: "efiparttable" },
      { element: "type", attribute: "image", value: "{type}" },
    ],
    edits: [
      {
        title: 'Set efiparttable="gpt"',
        of: { element: "type", attribute: "efiparttable", value: "msdos" },
        change: { set: "gpt" },
      },
    ],
  },
  {
    id: "volume-group",
    title: "The volume group {group} is in use",
    error: "^KiwiVolumeGroupConflict: Requested volume group (?<group>\\S+)",
    cause: "The builder, or another build on it, has a volume group of the same name.",
    remedy: "Give <systemdisk> another name.",
    places: [{ element: "systemdisk", attribute: "name" }, { element: "systemdisk" }],
    edits: [
      {
        title: "Name it {group}Image",
        of: { element: "systemdisk", attribute: "name" },
        change: { set: "{group}Image" },
      },
    ],
  },
  {
    id: "busy-mount",
    title: "Something still uses the image's root tree",
    line: "target is busy|KiwiUmountBusyError",
    cause: "A program that a script started, often a daemon or gpg-agent, still runs inside of the tree.",
    remedy: "Stop what config.sh and the other scripts start before they end.",
    places: [{ file: "config.sh" }],
  },
  {
    id: "denied",
    title: "The builder's kernel forbids what KIWI does",
    line: "(?:[Oo]peration not permitted|SELinux.*denied|avc: +denied)",
    error: "Operation not permitted|Permission denied|SELinux",
    cause: "SELinux, AppArmor or a container keeps root from mounting, making devices or changing owners.",
    remedy: "Build on a machine without these limits, make them permissive for the build, or use a box.",
  },
  {
    id: "command-missing",
    title: "The program {command} is not installed",
    error: '^(?:.*: )?KiwiCommandNotFound: (?:Command )?"?(?<command>[\\w.+-]+)"?:? ?(?:command )?not found',
    cause: "KIWI runs {command} and did not find it on the builder, or in the image where it runs there.",
    remedy: "Install the package that brings it; the page Builder names the package for each image type.",
    places: [{ element: "type", attribute: "image", value: "{type}" }],
  },

  // Repositories and packages.
  {
    id: "local-repository",
    title: "A repository does not exist on the builder",
    line: "repository (?<url>\\S+) does not exist and will be skipped",
    error: packageError,
    cause: "{url} names a folder that is not there; KIWI went on without it.",
    remedy:
      "Correct the address, or put the packages there. A folder inside of the description is named this://folder.",
    places: [{ element: "source", attribute: "path", part: "{url}" }],
  },
  {
    id: "uri-unknown",
    title: "The address of a repository has an unknown form",
    error:
      "^KiwiUriStyleUnknown: URI (?:scheme not detected (?:(?=(?<path>/\\S+))|(?=(?<inside>[^:\\s]+)(?:\\s|$))|)|schema )(?<url>\\S+)",
    cause: "{url} begins with no scheme that KIWI knows, such as https:, dir: or this:.",
    remedy: "Write the whole address; a folder on the builder is dir:///path, one in the description this://folder.",
    places: [{ element: "source", attribute: "path", part: "{url}" }, { element: "repository" }],
    edits: [
      {
        title: "Take it as a folder on the builder",
        of: { element: "source", attribute: "path", value: "{path}" },
        change: { set: "dir://{path}" },
      },
      {
        title: "Take it as a folder of the description",
        of: { element: "source", attribute: "path", value: "{inside}" },
        change: { set: "this://{inside}" },
      },
    ],
  },
  {
    id: "uri-open",
    title: "An address could not be opened",
    error: "^KiwiUriOpenError: (?<url>[^\\s:]+:\\S+?)?:? ",
    cause: "KIWI fetches this by itself, and got no usable answer.",
    remedy: "Check the address, the network and the proxy of the builder.",
    places: [
      { element: "source", attribute: "path", part: "{url}" },
      { element: "signing", attribute: "key", part: "{url}" },
    ],
  },
  {
    id: "key-missing",
    title: "A signing key could not be read",
    line: "(?:FileNotFoundError: .*?'(?<path>/[^']*?(?<name>[^'/]*))'|gpg: (?:can't open|no valid OpenPGP data)(?: '(?<file>[^']*)')?)",
    error: "import_trusted_keys|gpg:|trusted",
    cause: "The key that a <signing> element names is not there, or is no key.",
    remedy: "Correct the address of the key; one in the description's folder is this://name.",
    places: [
      { element: "signing", attribute: "key", part: "{name}" },
      { element: "signing", attribute: "key" },
    ],
  },
  {
    id: "signature",
    title: "A repository's signature cannot be verified",
    line: "is not signed|EXPKEYSIG|Signature verification failed|GPG check FAILED|signature from .* is (?:unknown trust|invalid)|UNTRUSTED signature",
    error: packageError,
    cause:
      "The packages or the lists of a repository are signed with a key that the build does not have, or that has expired.",
    remedy: 'Add the key with <signing key="https://..."> to the <source> of that repository.',
    places: [{ element: "signing" }, { element: "repository" }],
  },
  {
    id: "name-resolution",
    title: "The name of a server cannot be resolved",
    line: "(?:Could not resolve(?: host)?:? '?|Temporary failure resolving '|Name or service not known.*?|Could not resolve proxy: )(?<host>[A-Za-z0-9.-]*[A-Za-z0-9])",
    error: packageError,
    cause: "The builder has no network, no name server, or needs a proxy to reach {host}.",
    remedy: "Check the network of the builder and the address of the repository.",
    places: [{ element: "source", attribute: "path", part: "{host}" }, { element: "repository" }],
  },
  {
    id: "connection",
    title: "A repository cannot be reached",
    line: "(?:Could not connect to|Unable to connect to|Failed to connect to|Connection timed out after.*to|Connection refused.*?|unable to connect to) (?<host>[A-Za-z0-9.-]*[A-Za-z0-9])",
    error: packageError,
    cause: "{host} does not answer the builder.",
    remedy: "Check the address of the repository, the network of the builder, and its proxy.",
    places: [{ element: "source", attribute: "path", part: "{host}" }, { element: "repository" }],
  },
  {
    id: "certificate",
    title: "A server's certificate is not trusted",
    line: "(?:SSL certificate problem|certificate verif(?:y|ication) failed|Certificate verification failed)(?<detail>[^.\\n]*)",
    error: packageError,
    cause: "The builder does not know the authority that has signed the certificate of a repository.",
    remedy: "Install the authority's certificate on the builder; inside of the image <certificates> does that.",
    places: [{ element: "repository" }],
  },
  {
    id: "release-missing",
    title: "The repository has no such release",
    line: "The repository '(?<url>\\S+) (?<release>\\S+) (?:Release|InRelease)' (?:does not have a Release file|no longer has)|(?:Failed to fetch|Err:?\\d*) (?<file>https?:\\S+).*404 +Not Found|404 Not Found.*(?<other>https?:\\S+)",
    error: packageError,
    cause: "The server answers, but does not have this distribution or path.",
    remedy: "Correct path= and distribution= of the repository.",
    places: [
      { element: "repository", attribute: "distribution", value: "{release}" },
      { element: "source", attribute: "path", part: "{url}" },
      { element: "repository" },
    ],
  },
  {
    id: "hash-mismatch",
    title: "A repository changed while it was read",
    line: "Hash Sum mismatch|File has unexpected size|Mirror sync in progress|repomd.xml does not match|Downloaded package .* is corrupted|checksum.*(?:mismatch|doesn't match)",
    error: packageError,
    cause: "The mirror was updated in this moment, or a cache on the way holds old files.",
    remedy: "Build again in some minutes, or use another mirror.",
    places: [{ element: "repository" }],
  },
  {
    id: "package-missing",
    title: "No repository has {package}",
    line: "(?:E: Unable to locate package |E: Couldn't find any package by (?:glob|regex) '|[Nn]o provider of '?|[Nn]othing provides '?|No match for argument: |Unable to find a match: |error: target not found: |Package )(?<package>[\\w.+:-]+)'?(?: (?:not )?found| needed by .*)?\\.?$",
    error: packageError,
    cause: "The name is not that of a package in the active repositories of this release.",
    remedy:
      "Correct the name, add the repository that has it, or bind the entry to profiles or architectures that have it.",
    places: [
      { element: "package", attribute: "name", value: "{package}" },
      { element: "namedCollection", attribute: "name", value: "{package}" },
      { element: "product", attribute: "name", value: "{package}" },
      { element: "packages" },
    ],
    edits: [
      {
        title: "Remove {package}",
        of: { element: "package", attribute: "name", value: "{package}" },
        change: "remove",
      },
    ],
  },
  {
    id: "no-candidate",
    title: "No version of {package} can be installed",
    line: "E: Package '(?<package>[^']+)' has no installation candidate",
    cause: "Others speak of the package, but no active repository has it: it was removed or renamed in this release.",
    remedy: "Take what replaces it, or add the repository that still has it.",
    places: [{ element: "package", attribute: "name", value: "{package}" }],
    edits: [
      {
        title: "Remove {package}",
        of: { element: "package", attribute: "name", value: "{package}" },
        change: "remove",
      },
    ],
  },
  {
    id: "merged-usr",
    title: "The release wants a merged /usr",
    line: "(?:usr-is-merged|usrmerge|merged[- ]/?usr|split[- ]/?usr).*",
    error: packageError,
    cause: "Packages of this release refuse a system in which /bin and /usr/bin are two folders.",
    remedy: "Add usrmerge (or usr-is-merged) to the bootstrap packages, or use a newer KIWI.",
    places: [{ element: "packages", attribute: "type", value: "bootstrap" }],
    edits: [
      {
        title: "Add usrmerge to the bootstrap packages",
        of: { element: "packages", attribute: "type", value: "bootstrap" },
        change: { add: "package", attributes: { name: "usrmerge" } },
      },
    ],
  },
  {
    id: "package-conflict",
    title: "Packages do not go together",
    line: "(?:The following packages have unmet dependencies|conflicts with|[Cc]onflicting requests|problem with installed package|nothing provides .* needed by|E: Unable to correct problems|unresolvable package conflicts|cannot install both)",
    error: packageError,
    cause: "Two packages exclude each other, or need versions that the repositories do not have together.",
    remedy: "Look at the lines below: remove one of the two, or mix no repositories of different releases.",
    places: [{ element: "packages", attribute: "type", value: "image" }, { element: "packages" }],
  },
  {
    id: "maintainer-script",
    title: "The installation script of {package} failed",
    line: "(?:installed (?<package>[\\w.+:-]+) package (?:post|pre)-(?:installation|removal) script subprocess returned error|error processing package (?<deb>[\\w.+:-]+)|%(?:post|pre)\\w*\\((?<rpm>[^)]+)\\) scriptlet failed)",
    cause: "A script that comes with the package ended with an error inside of the image's root tree.",
    remedy:
      "Its own output stands above these lines. Often another package that it needs, or a file of the overlay, is missing.",
    places: [
      { element: "package", attribute: "name", value: "{package}" },
      { element: "package", attribute: "name", value: "{deb}" },
      { element: "packages" },
    ],
  },

  // Scripts, boot and image.
  {
    id: "dracut-module",
    title: "dracut's module {module} is not in the image",
    line: "[Mm]odule '(?<module>[\\w.-]+)' cannot be (?:found|installed)",
    error: ".",
    cause: "The initrd needs this module, and no installed package brings it, or a program that it needs is missing.",
    remedy:
      "Add the package that brings the module to the image: for live images dracut-network, dracut-live or kiwi-dracut-live.",
    places: [
      { element: "dracut", attribute: "module", value: "{module}" },
      { element: "packages", attribute: "type", value: "image" },
    ],
    edits: [
      {
        title: "Leave {module} out of the initrd",
        of: { element: "dracut", attribute: "module", value: "{module}" },
        change: "remove",
      },
    ],
  },
  {
    id: "secure-boot-loader",
    title: "The image lacks the signed boot loader",
    error: "Signed grub2 efi loader not found|KiwiBootLoaderGrubSecureBootError",
    cause: 'firmware="uefi" needs shim and the signed grub of the distribution in the image.',
    remedy:
      'Add these packages (for example shim-signed and grub-efi-amd64-signed, or shim and grub2-x86_64-efi), or take firmware="efi".',
    places: [
      { element: "type", attribute: "firmware" },
      { element: "type", attribute: "image", value: "{type}" },
    ],
    edits: [
      {
        title: 'Set firmware="efi"',
        of: { element: "type", attribute: "firmware", value: "uefi" },
        change: { set: "efi" },
      },
    ],
  },
  {
    id: "grub-missing",
    title: "The image lacks grub",
    error: "KiwiBootLoaderGrub\\w*Error|No grub2 installation found|grub path .*not found",
    cause: "The modules of the boot loader for this firmware are not among the installed packages.",
    remedy: "Add the distribution's grub packages for this firmware to the image.",
    places: [{ element: "bootloader" }, { element: "packages", attribute: "type", value: "image" }],
  },
  {
    id: "kernel-missing",
    title: "The image has no kernel",
    error: "KiwiKernelLookupError|No kernel (?:found|in boot image tree)",
    cause: "A bootable image needs a kernel package, and none was found below /boot or /lib/modules.",
    remedy: "Add the kernel of the distribution to the image's packages.",
    places: [{ element: "packages", attribute: "type", value: "image" }],
  },
  {
    id: "syslinux",
    title: "The builder lacks syslinux",
    error: "Required syslinux modules? not found|isolinux",
    cause: "KIWI 9 makes ISO images that boot with BIOS by modules of syslinux from the builder.",
    remedy: "Install syslinux and isolinux on the builder, or use KIWI 10 or newer.",
    places: [{ element: "type", attribute: "image", value: "iso" }],
  },
  {
    id: "partition-small",
    title: "A partition or volume is too small",
    error:
      "(?:KiwiPartitionTooSmallError|KiwiVolumeTooSmallError)(?:[^]*?Requested (?:partition|volume) size (?<size>\\d+)MB for '?(?<name>[^' ]+)'?)?",
    cause: "What belongs on it needs more room than its size= gives.",
    remedy: "Raise its size, or leave the size to KIWI.",
    places: [
      { element: "partition", attribute: "mountpoint", value: "{name}" },
      { element: "volume", attribute: "name", value: "{name}" },
      { element: "partition" },
      { element: "volume" },
    ],
  },
  {
    id: "initrd-tool",
    title: "The initrd is incomplete: dracut could not install {file}",
    line: "dracut-install: ERROR: installing '(?<file>[^']+)'",
    cause:
      "A program that one of dracut's modules copies is not in the image; KIWI goes on, and the image may not boot.",
    remedy: "Add the package that brings {file} to the image.",
    places: [{ element: "packages", attribute: "type", value: "image" }],
    severity: "warning",
  },

  // General words for phases, where nothing above tells more.
  {
    id: "bootstrap-failed",
    title: "The first packages could not be installed",
    error: "^Kiwi(?:BootStrapPhaseFailed|DebianBootstrapError|BootstrapError)",
    cause: "The package manager on the builder could not make the new root tree; why, its last lines tell.",
    remedy: 'Check the repositories\' addresses and distributions, and the names in <packages type="bootstrap">.',
    places: [{ element: "packages", attribute: "type", value: "bootstrap" }],
  },
  {
    id: "install-failed",
    title: "Packages could not be installed",
    error:
      "^Kiwi(?:InstallPhaseFailed|SystemInstallPackagesFailed|SystemUpdateFailed|PackagesDeletePhaseFailed|SystemDeletePackagesFailed)",
    cause: "The package manager in the new root tree failed; why, its last lines tell.",
    remedy:
      "Look at the lines above the error: a missing package, a conflict, a failing script of a package, or the network.",
    places: [{ element: "packages", attribute: "type", value: "image" }],
  },
  {
    id: "killed",
    title: "KIWI was killed",
    reason: "killed|ended by SIG|memory",
    cause: "A process of the build was ended from outside: by the kernel for want of memory, or by hand.",
    remedy: "Give the builder more memory, or raise the limit for a build; then build again.",
  },
  {
    id: "no-result",
    title: "KIWI ended without an error, but its results are missing",
    reason: "result",
    cause: "KIWI says success in some cases in which a program that it ran has failed.",
    remedy: "Look for the last command before the end of the log and its output.",
  },
  {
    id: "internal-error",
    title: "KIWI itself crashed",
    error: "^Unexpected error:",
    cause: "This is a fault of KIWI and not one that it foresaw: the Python trace in the log ends with the reason.",
    remedy: "The last line of the trace names what was wrong; a file that is missing is the most frequent reason.",
  },

  // Warnings, which are worth reading after a success as well.
  {
    id: "size-too-small",
    title: "The image is smaller than what KIWI calculated",
    line: "Configured size smaller than calculated size: (?<size>\\d+) MB",
    cause: "KIWI needs about {size} MB and was told to make the image smaller: copying may fail.",
    remedy: 'Raise <size>, remove it, or make it additive="true".',
    places: [{ element: "size" }],
    severity: "warning",
    edits: [{ title: "Let KIWI calculate the size: remove <size>", of: { element: "size" }, change: "remove" }],
  },
  {
    id: "initrd-module-left-out",
    title: "The initrd lacks {module}",
    line: '(?:module|driver) "(?<module>[^"]+)" not included in initrd',
    cause: "The description asks for it, and it is not in the image.",
    remedy: "Add the package that brings it, or take it out of <initrd>.",
    places: [
      { element: "dracut", attribute: "module", value: "{module}" },
      { element: "dracut", attribute: "driver", value: "{module}" },
    ],
    severity: "warning",
    edits: [
      {
        title: "Leave {module} out of the initrd",
        of: { element: "dracut", attribute: "module", value: "{module}" },
        change: "remove",
      },
    ],
  },
  {
    id: "repository-skipped",
    title: "A repository was skipped",
    line: "repository (?<url>\\S+) does not exist and will be skipped",
    cause: "{url} names a folder that is not there.",
    remedy: "Correct the address or remove the repository.",
    places: [{ element: "source", attribute: "path", part: "{url}" }],
    severity: "warning",
  },
  {
    id: "not-verified",
    title: "A repository was used without verifying it",
    line: "GPG error: (?<url>\\S+) .*NO_PUBKEY",
    cause: "The build has no key for {url}; since its checks are off, what came from there was taken unseen.",
    remedy: 'Add the key with <signing key="..."> to its <source>, and set repository_gpgcheck="true".',
    places: [{ element: "source", attribute: "path", part: "{url}" }, { element: "repository" }],
    severity: "warning",
  },
  {
    id: "host-file-changed",
    title: "A change of {file} was thrown away",
    line: "(?<file>/?etc/(?:resolv\\.conf|hosts|sysconfig/proxy)).*(?:modified|changed|lost|not allowed)",
    cause: "During a build this file is a copy of the builder's; KIWI restores it afterwards.",
    remedy: "Write the file at the first boot, or put it into the overlay under another name and link it.",
    places: [{ file: "config.sh" }],
    severity: "warning",
  },
];
