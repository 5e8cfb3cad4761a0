import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { LogStore } from "./log-store.ts";

const text = "[ INFO    ]: 10:00:00 | Grüße\nzwei €\n\x1b[31mred 😀\n[ ERROR   ]: 10:00:01 | KiwiError: no\n";
const bytes = new TextEncoder().encode(text);
const piece = (offset: number, end: number, attempt = 0) => ({
  kind: "log" as const,
  attempt,
  offset,
  end,
  text: new TextDecoder().decode(bytes.subarray(offset, end)),
});
/** Places where a piece may begin: not inside a character. */
const places = [...text].reduce(
  (all, char) => [...all, (all.at(-1) ?? 0) + new TextEncoder().encode(char).length],
  [0],
);
const end = (attempt = 0) => ({ kind: "end" as const, attempt, bytes: bytes.length, sha256: null });

test("pieces that come twice, overlap or come too early do no harm", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...places), fc.constantFrom(...places)), { maxLength: 40 }),
      (tries) => {
        const store = new LogStore();
        for (const [from, to] of tries) {
          const before = store.offset;
          const outcome = store.add(piece(Math.min(from, to), Math.max(from, to)));
          if (outcome !== "added") expect(store.offset).toBe(before);
        }
        expect(store.finish(end())).toBe(store.offset === bytes.length ? "added" : "gap");
        if (store.offset < bytes.length) store.add(piece(store.offset, bytes.length));
        store.finish(end());
        expect(store.text()).toBe(text);
        expect(store.exact).toBe(true);
        expect(store.log.storedLineCount).toBe(4);
        expect(store.complete?.bytes).toBe(bytes.length);
      },
    ),
  );
});

test("the checksum is that of the bytes", async () => {
  const store = new LogStore();
  store.add(piece(0, bytes.length));
  expect(await store.sha256()).toBe(createHash("sha256").update(bytes).digest("hex"));
});

test("a new attempt begins a new log, an old one is ignored", () => {
  const store = new LogStore();
  store.add(piece(0, 31));
  expect(store.add(piece(0, bytes.length, 1))).toBe("added");
  expect(store.add(piece(31, bytes.length, 0))).toBe("known");
  expect(store.finish(end(0))).toBe("known");
  expect(store.complete).toBe(null);
  expect(store.text()).toBe(text);
});

test("a gap leaves the store as it was", () => {
  const store = new LogStore();
  expect(store.add(piece(31, bytes.length))).toBe("gap");
  expect(store.offset).toBe(0);
  expect(store.finish(end())).toBe("gap");
  expect(store.complete).toBe(null);
});

test("bytes that are no text are noticed", () => {
  const store = new LogStore();
  store.add({ kind: "log", attempt: 0, offset: 0, end: 2, text: "\ufffd\n" });
  expect(store.exact).toBe(false);
  expect(store.offset).toBe(2);
});
