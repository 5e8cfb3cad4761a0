import type { UpgradePlan } from "./upgrade-plan.ts";

/** The plan in words, a line each. */
export function describeUpgrade(plan: UpgradePlan): string[] {
  const lines = plan.changes.map(({ file, line, kind, what }) => `${file}:${line}: ${kind} ${what}`);
  for (const { file, others } of plan.shared) {
    const named = others.map(({ main, version }) => `${main} (${version})`).join(", ");
    lines.push(`${file} is included by ${named} too: upgrade ${others.length > 1 ? "them" : "it"} as well.`);
  }
  return lines;
}
