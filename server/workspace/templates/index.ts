import type { NewDescription, Template } from "#lib/contracts/template.ts";
import { WorkspaceError } from "../workspace-error.ts";
import { archlinux } from "./archlinux.ts";
import { debian, ubuntu } from "./debian.ts";
import { almalinux, centosStream, fedora } from "./fedora.ts";
import { renderImageFile } from "./image-file.ts";
import { leap, tumbleweed } from "./opensuse.ts";
import { renderOtherFiles } from "./other-files.ts";
import type { Distribution, NewFile } from "./template.ts";

const distributions: Distribution[] = [debian, ubuntu, tumbleweed, leap, fedora, almalinux, centosStream, archlinux];

/** All templates, as the dialog shows them; defaults come from this host where they depend on it. */
export async function listTemplates(): Promise<Template[]> {
  return Promise.all(
    distributions.map(async ({ id, title, summary, packageManager, packages, fields }) => ({
      id,
      title,
      summary,
      packageManager,
      types: ["tbz", "ext4", "oem", "oci", ...(packages.live ? ["iso"] : [])],
      fields: await fields(),
    })),
  );
}

/**
 * The files of a new description, for a KIWI with this schema version (null = the newest).
 * Throws WorkspaceError where the wish does not fit the template.
 */
export async function renderTemplate(wish: NewDescription, schemaVersion: string | null): Promise<NewFile[]> {
  const distribution = distributions.find(({ id }) => id === wish.template);
  if (!distribution) throw new WorkspaceError("refused", `There is no template "${wish.template}".`);
  const fields = await distribution.fields();
  const release = wish.release ?? fields.release?.default ?? "";
  const repository = (wish.repository ?? fields.repository?.default ?? "").trim();
  if (fields.release && !isRelease(release, fields.release.options))
    throw new WorkspaceError("refused", `"${release}" is not a release of ${distribution.title}.`);
  if (!/^(https?|ftp|file|dir|obs):\/\/\S+$/.test(repository))
    throw new WorkspaceError("refused", "Give the address of a package repository, for example https://host/path.");
  const choice = { name: wish.name, version: wish.version, release, repository };
  const imageFile = await renderImageFile(distribution, choice, schemaVersion);
  return [{ path: "config.xml", text: imageFile, mode: 0o644 }, ...renderOtherFiles(distribution, choice)];
}

function isRelease(release: string, options: readonly string[] | undefined): boolean {
  return options ? options.includes(release) : /^[0-9]+(\.[0-9]+)?$/.test(release);
}
