const STORE = "schemas";

/**
 * The browser's own copies of schemas, kept under the SHA-256 of their text. A quarter of a megabyte need not travel
 * again with every page; where the browser keeps nothing (private windows), it simply does.
 */
export async function fromShelf(sha256: string): Promise<string | undefined> {
  try {
    const found: unknown = await inStore("readonly", (store) => store.get(sha256));
    return typeof found === "string" ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps this schema and nothing older: there is only one installed KIWI at a time. */
export async function ontoShelf(sha256: string, text: string): Promise<void> {
  try {
    await inStore("readwrite", (store) => {
      store.clear();
      return store.put(text, sha256);
    });
  } catch {
    // A browser without storage; the schema was only to be faster next time.
  }
}

async function inStore<T>(mode: IDBTransactionMode, action: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open("kiwi-workbench", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await settled(opening);
  try {
    return await settled(action(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the browser's storage failed"));
  });
}
