import type { Measured } from "./measure.ts";
import { limitMilliseconds, memoryMegabytes } from "./robustness.ts";

/** What hostile texts cost. */
export function robustnessReport(measured: readonly Pick<Measured, "version" | "robustness">[]): string {
  const names = measured[0]?.robustness.hostile.map(({ name, length }) => ({ name, length })) ?? [];
  const rows = names.map(({ name, length }, i) => {
    const cells = measured.map(({ robustness: { hostile, sound } }) => {
      const milliseconds = hostile[i]?.milliseconds ?? Number.NaN;
      const share = Math.round((100 * milliseconds) / limitMilliseconds);
      return `${(milliseconds / sound.milliseconds).toFixed(2)} · ${share} %`;
    });
    return `| ${name} | ${(length / 1e6).toFixed(1)} MB | ${cells.join(" | ")} |`;
  });
  const tables = measured.map(({ version, robustness: { hostile, sound } }) => {
    return `KIWI ${version}: ${sound.patterns} patterns after a sound description, ${hostile.at(-1)?.patterns} after all`;
  });
  const truncations = measured
    .map(
      ({
        robustness: {
          truncations: { judged, all },
        },
      }) => `${judged} of ${all}`,
    )
    .join(" and ");
  return `## Robustness

Texts that are made to cost time or memory, each judged in a thread that has ${memoryMegabytes} MB of memory in all: the
worst of three times as a ratio to that of a sound description of the same size, and as a share of half a second on the
machine of this run, whatever else it did. None of them throws, nor does any real description that is cut off at some
byte: ${truncations} beginnings were judged. The patterns of the RELAX NG engine stay few: ${tables.join("; ")}.

| | size | ${measured.map(({ version }) => `KIWI ${version}`).join(" | ")} |
| --- | --- | ${measured.map(() => "---").join(" | ")} |
${rows.join("\n")}
`;
}
