import { expect, test } from "vitest";
import { doubtIn } from "./doubts.ts";

test.for([
  ["dracut-install: ERROR: installing 'pgrep'", "warning"],
  ["[ DEBUG   ]: 10:00:00 | dracut-install: ERROR: installing '/usr/bin/mount'", "failure"],
  ["dracut[E]: FAILED:  /usr/lib/dracut/dracut-install -D /var/tmp/x -a pgrep", "warning"],
  ["dracut: dracut module 'kiwi-live' cannot be found or installed.", "failure"],
  ["dracut: FATAL: no kernel", "failure"],
  ["dracut: *** Including module: FAILED things ***", null],
  ["[ INFO    ]: 10:00:00 | Creating generic dracut initrd archive", null],
] as const)("%s is %s", ([line, kind]) => expect(doubtIn(line)?.kind ?? null).toBe(kind));
