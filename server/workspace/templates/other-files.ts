import type { Choice, Distribution, NewFile } from "./template.ts";

/** The files beside `config.xml`: a script, an overlay and what they are for. */
export function renderOtherFiles(distribution: Distribution, choice: Choice): NewFile[] {
  return [
    { path: "config.sh", text: configScript(distribution), mode: 0o755 },
    { path: "root/etc/motd", text: `${choice.name} ${choice.version}, built with KIWI\n`, mode: 0o644 },
    { path: "README.md", text: readme(distribution, choice), mode: 0o644 },
  ];
}

function configScript({ services }: Distribution): string {
  return `#!/bin/bash
# KIWI runs this script inside the new system when all packages are installed, before the image is made.
# What it prints is in the build's log; if it fails, the build fails.
set -euo pipefail

# What is being built: $kiwi_iname, $kiwi_iversion, $kiwi_type, $kiwi_profiles and more.
if [ -f /.profile ]; then
    . /.profile
fi
echo "Configuring \${kiwi_iname:-the image} \${kiwi_iversion:-}"

# Services that a computer starts by itself; a bare tree or a container does not have them.
for service in ${services.join(" ")}; do
    if [ -e "/usr/lib/systemd/system/$service.service" ] || [ -e "/lib/systemd/system/$service.service" ]; then
        systemctl enable "$service"
    fi
done

# Each machine that starts from the image gets an identity of its own.
if [ -e /etc/machine-id ]; then
    : > /etc/machine-id
fi
`;
}

function readme({ title, packages }: Distribution, { name }: Choice): string {
  return `# ${name}

${title} as an image, described for KIWI NG.

- \`config.xml\`: what the image is made of, with comments
- \`config.sh\`: runs inside the new system at the end of the installation
- \`root/\`: files that are copied over the installed system

Profiles: \`Tree\` (archive or one file system), \`Disk\` (qcow2 disk), \`Container\` (OCI)${packages.live ? ", `Live` (ISO)" : ""}.
`;
}
