import { describe, expect, it } from "vitest";
import { Drafts, fateOf, NEW_FILE } from "./drafts.ts";

/** A storage with a limit, as browsers have one. */
function storage(limit = Number.POSITIVE_INFINITY) {
  const entries = new Map<string, string>();
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem(key: string, value: string) {
      if (key.length + value.length > limit) throw new Error("QuotaExceededError");
      entries.set(key, value);
    },
    removeItem: (key: string) => void entries.delete(key),
    key: (index: number) => [...entries.keys()][index] ?? null,
    get length() {
      return entries.size;
    },
    entries,
  };
}

describe("Drafts", () => {
  it("gives back what was written, for this description and file only", () => {
    const store = storage();
    const drafts = new Drafts(store, "debian/config.xml");
    expect(drafts.write("config.sh", "echo hello", "v1")).toBe(true);
    expect(drafts.read("config.sh")).toMatchObject({ text: "echo hello", version: "v1" });
    expect(drafts.read("config.xml")).toBeNull();
    expect(new Drafts(store, "fedora/config.xml").read("config.sh")).toBeNull();
  });

  it("finds the files that have one, among everything else that is stored", () => {
    const store = storage();
    store.setItem("colour-scheme", "dark");
    new Drafts(store, "a.kiwi").write("b.sh", "text", "v1");
    new Drafts(store, "a.kiwi").write("a.kiwi", "text", "v1");
    new Drafts(store, "other.kiwi").write("c.sh", "text", "v1");
    expect(new Drafts(store, "a.kiwi").paths()).toEqual(["a.kiwi", "b.sh"]);
  });

  it("forgets a discarded draft", () => {
    const drafts = new Drafts(storage(), "a.kiwi");
    drafts.write("a.kiwi", "<image/>", "v1");
    drafts.discard("a.kiwi");
    expect(drafts.read("a.kiwi")).toBeNull();
  });

  it("keeps descriptions apart whose names run into each other", () => {
    const store = storage();
    new Drafts(store, "a").write("b/c", "one", "v1");
    expect(new Drafts(store, "a/b").read("c")).toBeNull();
  });

  it("says when the storage is full", () => {
    expect(new Drafts(storage(100), "a.kiwi").write("a.kiwi", "x".repeat(200), "v1")).toBe(false);
  });

  it("takes a damaged entry for none", () => {
    const store = storage();
    const drafts = new Drafts(store, "a.kiwi");
    drafts.write("a.kiwi", "text", "v1");
    for (const key of store.entries.keys()) store.entries.set(key, '{"text": 7');
    expect(drafts.read("a.kiwi")).toBeNull();
  });
});

describe("fateOf", () => {
  const disk = { text: "old", version: "v1" };
  const draft = { text: "new", version: "v1", at: "2026-01-01T00:00:00.000Z" };

  it("is nothing without a draft, or with one that says what the disk says", () => {
    expect(fateOf(null, disk)).toBe("nothing");
    expect(fateOf({ ...draft, text: "old", version: "v0" }, disk)).toBe("nothing");
  });

  it("continues on the version that the draft started from, and tells of any other", () => {
    expect(fateOf(draft, disk)).toBe("continue");
    expect(fateOf({ ...draft, version: "v0" }, disk)).toBe("changed-meanwhile");
  });

  it("is all that is left of a file that is gone", () => {
    expect(fateOf(draft, null)).toBe("removed-meanwhile");
    expect(fateOf(null, null)).toBe("nothing");
  });

  it("continues where the file has never been on disk", () => {
    expect(fateOf({ ...draft, version: NEW_FILE }, null)).toBe("continue");
  });
});
