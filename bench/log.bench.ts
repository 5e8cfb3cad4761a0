/** How long reading a large log takes beside merely splitting its text into lines. */
import { KiwiLog } from "#lib/kiwi/log/index.ts";
import { type Measurement, medianTime } from "./measurement.ts";

const megabytes = 100;
const rounds = 3;
/** Characters of one piece, about what one message from the server holds. */
const piece = 64 * 1024;

const records = [
  "[ INFO    ]: 10:00:01 | Installing system packages\n",
  "[ DEBUG   ]: 10:00:02 | EXEC: [chroot /build/image-root apt-get -q -y install bash]\n",
  ...Array.from(
    { length: 12 },
    (_, i) => `[ DEBUG   ]: 10:00:0${i % 10} | system: Unpacking library-${i} (1.${i}-2) ...\n`,
  ),
  "\x1b[32mplain output of a script, in colour\x1b[0m\n",
  "\r[ INFO    ]: Processing: [####################                    ] 50%\n",
].join("");

/** A log of this size, in the pieces in which it arrives. */
function syntheticLog(): string[] {
  const text = records.repeat(Math.ceil((megabytes * 1_000_000) / records.length));
  return Array.from({ length: Math.ceil(text.length / piece) }, (_, i) => text.slice(i * piece, (i + 1) * piece));
}

export function measure(): Measurement[] {
  const pieces = syntheticLog();
  let lines = 0;
  const ours = medianTime(rounds, () => {
    const log = new KiwiLog();
    for (const text of pieces) log.append(text);
    log.finish();
    lines = log.lineCount;
  });
  const theirs = medianTime(rounds, () => {
    const found: string[] = [];
    let rest = "";
    for (const text of pieces) {
      const split = (rest + text).split("\n");
      rest = split.pop() ?? "";
      for (const line of split) found.push(line);
    }
  });
  return [{ what: `log, ${megabytes} MB, ${lines} lines`, ours, baseline: "split at line ends", theirs }];
}
