import type { TypeReadiness } from "#lib/contracts/builder.ts";

/** Why a builder cannot make images of an `image=` value, in few words; null where it can, or is not yet known. */
export function typeObstacle(image: string, types: readonly TypeReadiness[] | undefined): string | null {
  if (types === undefined) return null;
  // Of a disk there are several kinds, for example `oem (efi)`; which it is, is looked at before the build.
  const rows = types.filter(({ type }) => type === image || type.startsWith(`${image} (`));
  const [first] = rows;
  if (first === undefined) return "no builder is known that can make it";
  if (rows.some(({ ready }) => ready)) return null;
  const tools = first.missingTools.length === 0 ? [] : [`${first.missingTools.join(", ")} missing`];
  return [...tools, ...first.obstacles.map((sentence) => sentence.replace(/\.$/, ""))].join("; ");
}
