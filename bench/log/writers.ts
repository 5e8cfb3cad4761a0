import { SUCCESS } from "#server/builder/daemon-fixture.ts";

/** Shell scripts that stand in KIWI's place and print logs. */

/** A program, and the one result that a build needs to be a success. */
const python = (program: string) => `python3 -u - <<'PROGRAM'
import sys, time
out = sys.stdout.buffer
${program}
PROGRAM
${SUCCESS}`;

const clock = `
def clock(second):
    return "%02d:%02d:%02d" % (second // 3600 % 24, second // 60 % 60, second % 60)
`;

/** So many lines of all kinds, about a hundred bytes each, as fast as they can be printed; every one is another. */
export const largeLog = (lines: number) =>
  `${python(`${clock}
lines = ${lines}
piece = []
for n in range(lines):
    second = n // 500
    kind = n % 20
    if n % (lines // 20) == 0:
        piece.append("[ INFO    ]: %s | Calling step-%d.sh script" % (clock(second), n))
    elif kind == 0:
        piece.append("[ DEBUG   ]: %s | EXEC: [chroot /build/image-root apt-get -q -y install library-%d]" % (clock(second), n))
    elif kind < 12:
        piece.append("[ DEBUG   ]: %s | system: Unpacking library-%d:amd64 (1.%d-2) over the one that was there before ..." % (clock(second), n, n % 97))
    elif n % 50021 == 0:
        piece.append("[ WARNING ]: %s | a warning, number %d" % (clock(second), n))
    elif kind == 12:
        piece.append("\\x1b[32mplain output of a script, in colour, line %d\\x1b[0m, and some more text behind the colour, as it comes" % n)
    else:
        piece.append("plain output of a script, without any colour, line %d, with a little more of text to make it long enough" % n)
    if len(piece) == 5000:
        out.write(("\\n".join(piece) + "\\n").encode())
        piece = []
out.write(("".join(line + "\\n" for line in piece)).encode())
`)}`;

/** \`perSecond\` lines a second for some seconds, each with the moment of its writing, in milliseconds. */
export const pacedLog = (perSecond: number, seconds: number) =>
  `${python(`${clock}
start = time.time()
burst = max(1, ${perSecond} // 200)
for n in range(0, ${perSecond * seconds}, burst):
    wait = start + n / ${perSecond} - time.time()
    if wait > 0:
        time.sleep(wait)
    moment = int(time.time() * 1000)
    out.write("".join("[ DEBUG   ]: %s | line %d moment=%d\\n" % (clock(n // ${perSecond}), i, moment) for i in range(n, min(n + burst, ${perSecond * seconds}))).encode())
    out.flush()
`)}`;
