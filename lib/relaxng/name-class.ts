/** Which names an element or attribute declaration takes. */
export type NameClass =
  | { kind: "name"; namespace: string; local: string }
  | { kind: "any"; except: NameClass | null }
  | { kind: "namespace"; namespace: string; except: NameClass | null }
  | { kind: "choice"; classes: readonly NameClass[] };

export interface Name {
  namespace: string;
  local: string;
}

export function takesName(nameClass: NameClass, name: Name): boolean {
  switch (nameClass.kind) {
    case "name":
      return nameClass.local === name.local && nameClass.namespace === name.namespace;
    case "any":
      return nameClass.except === null || !takesName(nameClass.except, name);
    case "namespace":
      if (nameClass.namespace !== name.namespace) return false;
      return nameClass.except === null || !takesName(nameClass.except, name);
    case "choice":
      return nameClass.classes.some((one) => takesName(one, name));
  }
}

/** The names that a class lists, or null where it holds names that cannot be listed. */
export function listedNames(nameClass: NameClass): Name[] | null {
  if (nameClass.kind === "name") return [nameClass];
  if (nameClass.kind !== "choice") return null;
  const lists = nameClass.classes.map(listedNames);
  return lists.includes(null) ? null : lists.flatMap((list) => list ?? []);
}

/** One string for a name, to be a key of maps. */
export function nameKey(name: Name): string {
  return name.namespace === "" ? name.local : `{${name.namespace}}${name.local}`;
}
