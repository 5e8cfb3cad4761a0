/** An element of a description that was read as a whole, whatever it was written in. Comments are gone. */
export interface Element {
  name: string;
  attributes: ReadonlyMap<string, string>;
  children: Element[];
  /** The element's own text, without the white space around it. */
  text: string;
}

/** Why a description could not be read: the user's mistake, so it is data. */
export interface ReadError {
  message: string;
  /** Line in the file, from 1, where it is known. */
  line?: number;
  /** The file that holds the mistake, where it is not the description itself. */
  file?: string;
}

export type ReadResult = { root: Element } | { error: ReadError };

/** What a reader takes in at most. Real descriptions have up to about 100 KiB and 10 levels. */
export const limits = { characters: 4 * 1024 * 1024, depth: 64, elements: 100_000 };

export function childrenNamed(parent: Element, name: string): Element[] {
  return parent.children.filter((child) => child.name === name);
}

/** Where an offset lies in a text: its line, from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
