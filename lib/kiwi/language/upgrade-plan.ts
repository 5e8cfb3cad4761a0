import { formatNames } from "#lib/kiwi/formats/format.ts";
import { attributeOf } from "#lib/xml/tree.ts";
import type { FileEdit } from "./contract.ts";
import type { Composition } from "./includes.ts";
import { includedPath, includesOf } from "./includes.ts";
import type { Reading } from "./reading.ts";
import { readSource, type SourceDocument } from "./source-document.ts";
import { versionNumber } from "./upgrade.ts";
import { type UpgradeChange, upgradeEdits } from "./upgrade-edits.ts";
import { oldestKnownVersion } from "./upgrade-steps.ts";

/** How a description gets to the newest schema version, and what that changes. */
export interface UpgradePlan {
  /** The image file that names the version. */
  main: string;
  from: string;
  to: string;
  /** Of the image file and of all that it includes, as far as they change. */
  edits: FileEdit[];
  changes: (UpgradeChange & { file: string; line: number })[];
  /** Changed files that other image files include as well, which say another version. */
  shared: { file: string; others: { main: string; version: string }[] }[];
}

/** Why there is nothing to upgrade, for people. */
export interface NoUpgrade {
  reason: string;
  /** There is no need for one: the version is the newest. */
  current: boolean;
}

/** Works out the upgrade of the description that a file belongs to; of the first one where it belongs to several. */
export function planUpgrade(reading: Reading, newest: string | null): UpgradePlan | NoUpgrade {
  if (newest === null) return no("There is no KIWI whose schema could be the aim.");
  const plans = reading.contexts.map((composition) => planOf(composition, newest, reading));
  return plans.find((plan) => "edits" in plan) ?? (plans[0] as NoUpgrade);
}

function no(reason: string): NoUpgrade {
  return { reason, current: false };
}

function planOf(composition: Composition, to: string, { request }: Reading): UpgradePlan | NoUpgrade {
  const { main, fragments } = composition;
  const documents = [main, ...fragments];
  if (main.root?.name !== "image") return no(`${main.path} is no description.`);
  if (main.format !== "xml") {
    const format = formatNames[main.format];
    return no(
      `${main.path} is written in ${format}, and only XML can be upgraded. Convert it to XML (F1, "Convert"; or kiwi-workbench convert), upgrade that, and convert it back.`,
    );
  }
  const broken = documents.find(({ errors }) => errors.length > 0);
  if (broken !== undefined) return no(`${broken.path} is not well-formed: mend that first.`);
  const from = attributeOf(main.root, "schemaversion")?.value.trim() ?? "";
  const version = versionNumber(from);
  if (Number.isNaN(version)) return no(`${main.path} names no schema version.`);
  if (version >= Number(to)) return { reason: `${main.path} has schema version ${from} already.`, current: true };
  if (version < oldestKnownVersion) {
    return no(`Schema version ${from} is too old: the upgrade is known from ${oldestKnownVersion} on.`);
  }

  const plan: UpgradePlan = { main: main.path, from, to, edits: [], changes: [], shared: [] };
  for (const document of documents) {
    const { edits, changes } = upgradeEdits(document, document === main, version, to);
    if (edits.length === 0) continue;
    plan.edits.push(...edits.map((edit) => ({ path: document.path, ...edit })));
    const line = (at: number) => document.lines.position(at).line;
    plan.changes.push(...changes.map((one) => ({ ...one, file: document.path, line: line(one.start) })));
    const others = document === main ? [] : otherMains(document, main, request);
    if (others.length > 0) plan.shared.push({ file: document.path, others });
  }
  return plan;
}

/** The other image files that include a fragment. */
function otherMains(fragment: SourceDocument, main: SourceDocument, { mains, read }: Reading["request"]) {
  return mains.flatMap((path) => {
    const text = path === main.path ? undefined : read(path);
    if (text === undefined) return [];
    const other = readSource(path, text);
    if (other.root === null || !includesOf(other).some((one) => includedPath(one, path) === fragment.path)) return [];
    return [{ main: path, version: attributeOf(other.root, "schemaversion")?.value ?? "" }];
  });
}
