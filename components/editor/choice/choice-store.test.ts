import { expect, test } from "vitest";
import { ChoiceStore, noChoice } from "./choice-store.ts";

function storageOf(entries: [string, string][] = []) {
  const stored = new Map(entries);
  return {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  };
}

test("a choice is remembered for its description, and for no other", () => {
  const storage = storageOf();
  const choice = { profiles: ["Live"], type: "iso", architecture: "aarch64" as const };
  new ChoiceStore(storage, "a/config.xml").set(choice);
  expect(new ChoiceStore(storage, "a/config.xml").get()).toEqual(choice);
  expect(new ChoiceStore(storage, "b/config.xml").get()).toEqual(noChoice);
});

test("what cannot be read is no choice", () => {
  const key = "kiwi-workbench/choice/a";
  expect(new ChoiceStore(storageOf([[key, '{"profiles":"x"}']]), "a").get()).toEqual(noChoice);
  expect(new ChoiceStore(storageOf([[key, "{"]]), "a").get()).toEqual(noChoice);
});

test("a full storage keeps nobody from choosing", () => {
  const full = {
    ...storageOf(),
    setItem: () => {
      throw new Error("full");
    },
  };
  const store = new ChoiceStore(full, "a");
  store.set({ ...noChoice, type: "oem" });
  expect(store.get().type).toBe("oem");
});
