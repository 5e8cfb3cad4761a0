/** What `kiwi-workbench help` prints. */
export const HELP = `Usage: kiwi-workbench COMMAND ...

  validate FILE|DIR|- ... [--format text|json|github|sarif] [--max-warnings N] [--stdin-name NAME]
      Checks descriptions as the installed KIWI would, and by rules of our own: files, all descriptions below a folder,
      or standard input. --format github writes annotations of GitHub workflows, sarif one SARIF 2.1.0 document;
      --json is short for --format json. Exit status 1 if anything is invalid, or there are more warnings than N.

  upgrade FILE [--diff | --write]
      Says what brings a description to the newest schema version of the installed KIWI, and what KIWI drops on the way.
      With --diff it prints a patch; with --write it changes the file and those that it includes.

  convert FILE --to xml|yaml|json|toml [--write]
      Prints a description in another format, in which KIWI sees the same, and says what gets lost, comments above all.
      With --write it makes a file beside the old one.

  explain [CODE] [--json]
      Says what the code of a problem means, and how to mend it. Without a code, lists them all.

  build DIR [--wait] [--json] [--type TYPE] [--profile NAME]... [--arch ARCH]
      Builds the description in a folder (or the image file that is named instead).
      Options of KIWI, checked and recorded with the build: --ignore-repos, --ignore-repos-used-for-build,
      --set-repo and --add-repo URL[,type=..][,alias=..][,priority=..][,imageinclude=true][,package_gpgcheck=true]
      [,repository_gpgcheck=true][,key=K;K][,components=A B][,distribution=..][,sourcetype=..], with
      --set-repo-credentials and --add-repo-credentials FILE (first line user:password), --add-package,
      --add-bootstrap-package, --delete-package, --signing-key, --ca-cert, --ca-target-distribution,
      --set-container-tag, --add-container-label NAME=VALUE, --set-container-derived-from, --set-release-version,
      --set-type-attr NAME=VALUE, --setenv NAME=VALUE, --no-debug.
      --preview compresses less: done sooner, and larger.
      --from-nothing does not use the packages that an earlier build has installed.
      --runtime user-namespace, namespaces or host keeps the build apart from its host in that way; without it, in the
      first of these that serves.
      With --wait it shows the log and ends with the build: status 0 for success, 1 otherwise.

  logs BUILD [-f | --follow] [--from POSITION]
      Prints the log of a build; with -f until the build has ended. Stopped by Ctrl+C, it says the position at which
      --from goes on.

  doctor [--json]
      Says which KIWI is installed, which image types this host can build, and what is missing.

  doctor --type TYPE [DIR] [--profile NAME]... [--json]
      Says in a few seconds what a build of that type, or of that description, will find here: tools, kernel, loop
      devices, disk, repositories, keys. Exit status 1 where something is missing.

  login
      Prints a new address that logs a browser in once.

With --json there is nothing but JSON on standard output. Exit status 2 means that the command line is wrong.
`;
