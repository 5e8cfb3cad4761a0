import { newEntries, parseChangelogs } from "#lib/builds/changelogs.ts";
import { fileChanges } from "#lib/builds/inventory/file-changes.ts";
import { type PackageList, packageChanges, parsePackages } from "#lib/builds/package-list.ts";
import { imageBytes, imageFiles, listKeys } from "#lib/builds/result-files.ts";
import { differentInputs } from "#lib/builds/same-build.ts";
import { parseVerified } from "#lib/builds/verified.ts";
import type { Build } from "#lib/contracts/build.ts";
import type { BuildContents, BuildDifferences, HistoryPoint } from "#lib/contracts/build-contents.ts";
import type { Inventory } from "#lib/contracts/inventory.ts";
import { readInventory } from "./build-inventory.ts";
import { readBuildLog } from "./build-log.ts";
import { descriptionDifference } from "./description-difference.ts";
import type { Services } from "./services.ts";

/** More text than any list that KIWI writes of an image, and little enough to be read whole. */
const LARGEST_LIST = 64 * 1024 * 1024;
const LONGEST_NEWS = 4000;
/** More changed files than anybody reads. */
const MOST_FILES = 500;

type Inventories = [before: Inventory | null, after: Inventory | null];

/** What is in a build's image, from the lists beside it. Throws BuilderUnreachable. */
export async function buildContents(services: Services, build: Build): Promise<BuildContents> {
  const [list, verified, inventory] = await Promise.all([
    packagesOf(services, build),
    readList(services, build, listKeys.verified),
    readInventory(services, build),
  ]);
  const sizes = sizesOf(inventory);
  return {
    build,
    packages: list?.packages.map((one) => ({ ...one, bytes: sizes.get(keyOf(one)) ?? null })) ?? null,
    verified: verified === null ? null : parseVerified(verified),
  };
}

const keyOf = ({ name, architecture }: { name: string; architecture: string | null }) => `${name}|${architecture}`;

/** Installed sizes by name and architecture; empty where nothing is known. */
function sizesOf(inventory: Inventory | null): Map<string, number> {
  return new Map(inventory?.packages?.map((one) => [keyOf(one), one.bytes]));
}

/** The packages of a build's image; null where it left no list of them. Throws BuilderUnreachable. */
export async function packagesOf(services: Services, build: Build): Promise<PackageList | null> {
  const text = await readList(services, build, listKeys.packages);
  return text === null ? null : parsePackages(text);
}

/** Two builds side by side, whichever they are. Throws BuilderUnreachable. */
export async function buildDifferences(services: Services, before: Build, after: Build): Promise<BuildDifferences> {
  const inventories = await Promise.all([readInventory(services, before), readInventory(services, after)]);
  const [packages, phases, description] = await Promise.all([
    packageDifferences(services, before, after, inventories),
    phaseTimes(services, before, after),
    descriptionDifference(services.config.paths.snapshots, before, after),
  ]);
  const imageFiles = imageFileDifferences(inventories);
  return { before, after, packages, phases, ...description, imageFiles, reproduction: reproductionOf(before, after) };
}

function imageFileDifferences([before, after]: Inventories): BuildDifferences["imageFiles"] {
  const found = before && after && fileChanges(before, after);
  if (found === null) return null;
  const { changes, ...counts } = found;
  return { ...counts, changes: changes.slice(0, MOST_FILES), more: Math.max(0, changes.length - MOST_FILES) };
}

/** Whether two builds of the same snapshot have made the same; null where they are no such two. */
function reproductionOf(before: Build, after: Build): BuildDifferences["reproduction"] {
  const wish = (build: Build) => JSON.stringify([build.snapshot, build.profiles, build.type, build.architecture]);
  const made = (build: Build) => build.state === "succeeded";
  if (before.id === after.id || wish(before) !== wish(after) || !made(before) || !made(after)) return null;
  const theirs = new Map(imageFiles(before).map(({ name, sha256 }) => [name, sha256]));
  return {
    inputs: differentInputs(before, after),
    files: imageFiles(after).map(({ name, sha256 }) => ({ name, same: theirs.get(name) === sha256 })),
  };
}

async function packageDifferences(
  services: Services,
  before: Build,
  after: Build,
  [oldInventory, newInventory]: Inventories,
) {
  const [old, now] = await Promise.all([packagesOf(services, before), packagesOf(services, after)]);
  if (old === null || now === null) return null;
  const [oldSizes, newSizes] = [sizesOf(oldInventory), sizesOf(newInventory)];
  const changes = packageChanges(old.packages, now.packages);
  const updated = changes.some((change) => change.before !== null && change.after !== null);
  const [oldLogs, newLogs] = updated
    ? await Promise.all([changelogsOf(services, before), changelogsOf(services, after)])
    : [new Map<string, string>(), new Map<string, string>()];
  return {
    changes: changes.map((change) => ({
      ...change,
      bytesBefore: (change.before !== null && oldSizes.get(keyOf(change))) || null,
      bytesAfter: (change.after !== null && newSizes.get(keyOf(change))) || null,
      news: newEntries(oldLogs.get(change.name) ?? "", newLogs.get(change.name) ?? "", LONGEST_NEWS),
    })),
    same: now.packages.length - changes.filter((change) => change.after !== null).length,
  };
}

async function changelogsOf(services: Services, build: Build): Promise<Map<string, string>> {
  return parseChangelogs((await readList(services, build, listKeys.changes)) ?? "");
}

/** A phase that comes several times counts with all its times. */
async function phaseTimes(services: Services, before: Build, after: Build): Promise<BuildDifferences["phases"]> {
  const [old, now] = await Promise.all([before, after].map(async (build) => secondsByPhase(services, build)));
  const labels = [...new Set([...(now?.keys() ?? []), ...(old?.keys() ?? [])])];
  return labels.map((label) => ({ label, before: old?.get(label) ?? null, after: now?.get(label) ?? null }));
}

async function secondsByPhase(services: Services, build: Build): Promise<Map<string, number>> {
  const { log } = await readBuildLog(services, build);
  const seconds = new Map<string, number>();
  for (const { label, start, end } of log.phases)
    seconds.set(label, (seconds.get(label) ?? 0) + (end ?? log.times?.last ?? start) - start);
  return seconds;
}

/** The succeeded builds given as points in time, oldest first. Throws BuilderUnreachable. */
export async function historyOf(services: Services, builds: readonly Build[]): Promise<HistoryPoint[]> {
  const points = await Promise.all(
    builds.map(async (build): Promise<HistoryPoint[]> => {
      const { id, startedAt, endedAt, imageVersion } = build;
      if (endedAt === null) return [];
      const seconds = startedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
      const packages = (await packagesOf(services, build))?.packages.length ?? null;
      return [{ id, endedAt, imageVersion, seconds, phases: phaseSeconds(build), bytes: imageBytes(build), packages }];
    }),
  );
  return points.flat().reverse();
}

/** A phase that comes several times counts with all its times. */
function phaseSeconds({ phases }: Build): HistoryPoint["phases"] {
  const seconds = new Map<string, number>();
  for (const { label, startedAt, endedAt } of phases) {
    const took = endedAt === null ? 0 : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
    seconds.set(label, (seconds.get(label) ?? 0) + took);
  }
  return [...seconds].map(([label, took]) => ({ label, seconds: took }));
}

/** The text of a list that KIWI wrote beside the image; null where the build has none, or none any more. */
async function readList({ builder }: Services, build: Build, key: string): Promise<string | null> {
  const file = build.results.find((result) => result.key === key);
  if (file === undefined || file.size > LARGEST_LIST) return null;
  const answer = await builder.result(build.id, build.attempt, file.name, {});
  if (answer.ok) return answer.text();
  await answer.body?.cancel();
  return null;
}
