/** Where to go: a file, and a place in it if one is meant. A file whose path ends with a slash is a folder. */
export interface Target {
  file: string;
  line?: number;
  column?: number;
  /** What is said of the place is shown there. */
  explain?: boolean;
}

/** How the editor leads elsewhere; the page on screen says how. */
export interface Ways {
  go(target: Target): void;
  /** Goes to another page of the application. */
  visit(href: string): void;
}
