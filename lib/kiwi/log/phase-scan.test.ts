import fc from "fast-check";
import { expect, test } from "vitest";
import { KiwiLog } from "./index.ts";
import { PhaseScan } from "./phase-scan.ts";

const text = [
  "[ INFO    ]: 23:59:58 | Reading runtime config file: /etc/kiwi.yml",
  "[ INFO    ]: 23:59:58 | Loading XML description",
  "[ DEBUG   ]: 23:59:59 | Preparing new root system",
  "[ INFO    ]: 23:59:59 | Preparing new root system\r",
  "[ INFO    ]: Processing: [                                        ] 0%\r[ INFO    ]: Processing: [########################################] 100%[ INFO    ]: 00:00:10 | Installing bootstrap packages",
  "\x1b[1m[ INFO    ]: 00:00:11 | Calling config.sh script\x1b[0m",
  "Loading XML description",
  "[ INFO    ]: 00:00:12 | Calling images.sh script",
  "[ ERROR   ]: 00:00:13 | KiwiScriptFailed: images.sh failed",
  "",
].join("\n");

test("finds the phases that the viewer of the log finds, in whatever pieces it comes", () => {
  const log = new KiwiLog();
  log.append(text);
  const expected = log.phases.map(({ id, label }) => ({ id, label }));
  expect(expected.map(({ label }) => label)).toContain("Script images.sh");
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: text.length })), (cuts) => {
      const scan = new PhaseScan();
      const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
      expect(places.flatMap((place, index) => scan.append(text.slice(place, places[index + 1])))).toEqual(expected);
    }),
  );
});
