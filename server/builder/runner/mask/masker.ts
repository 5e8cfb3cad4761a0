import { formsOf, SHORTEST } from "./forms.ts";

/** What stands in the place of a secret. */
export const MASK = "[masked]";

/** A login in an address, whoever wrote it: the password goes, the rest stays. */
const LOGIN = ":\\/\\/[^\\s/:@]{0,256}:(?=[^\\s/@]{1,512}@)[^\\s/@]+";
/** The beginning of an address up to where its login may end. */
const OPEN_ADDRESS = /:(?:\/(?:\/[^\s/:@]{0,256}(?::[^\s/@]{0,512})?)?)?$/;

/**
 * Hides secrets in a stream of bytes, also where they come in pieces: what may be the beginning of a secret is held back
 * until it is known to be one, or not to be.
 */
export class Masker {
  readonly #forms: string[];
  readonly #pattern: RegExp;
  /** What came and has not left, as bytes (latin1). */
  #held = "";

  constructor(secrets: readonly string[]) {
    this.#forms = [...new Set(secrets.flatMap(formsOf))].sort((a, b) => b.length - a.length);
    const words = this.#forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
    this.#pattern = new RegExp([...words, `(?<login>${LOGIN})`].join("|"), "g");
  }

  /** Takes bytes in; gives back what can leave. */
  push(bytes: Uint8Array): Buffer {
    this.#held += Buffer.from(bytes).toString("latin1");
    return this.#take((text) => Math.min(this.#openForm(text), openAddress(text)));
  }

  /** What can leave because nothing has followed for a while: all but what has the looks of half a secret. */
  pause(): Buffer {
    return this.#take((text) => {
      const at = this.#openForm(text);
      return text.length - at < SHORTEST ? text.length : at;
    });
  }

  /** Nothing follows. */
  end(): Buffer {
    return this.#take((text) => text.length);
  }

  /** Lets go what is before the place where something may be open. */
  #take(openAt: (text: string) => number): Buffer {
    let out = "";
    for (;;) {
      const text = this.#held;
      const open = openAt(text);
      let done = 0;
      for (const match of text.matchAll(this.#pattern)) {
        if (match.index >= open) break;
        out += text.slice(done, match.index) + masked(match);
        done = match.index + match[0].length;
        if (done > open) break;
      }
      this.#held = text.slice(Math.max(done, open));
      out += text.slice(done, open);
      // A secret went beyond the place: what is after it is looked at anew.
      if (done <= open) return Buffer.from(out, "latin1");
    }
  }

  /** Where the longest beginning of a form starts that the text ends with. */
  #openForm(text: string): number {
    let open = text.length;
    for (const form of this.#forms)
      for (let length = Math.min(form.length - 1, text.length); length > text.length - open; length--)
        if (text.charCodeAt(text.length - length) === form.charCodeAt(0) && form.startsWith(text.slice(-length))) {
          open = text.length - length;
          break;
        }
    return open;
  }
}

function masked(match: RegExpExecArray): string {
  const login = match.groups?.["login"];
  return login === undefined ? MASK : login.slice(0, login.indexOf(":", 3) + 1) + MASK;
}

function openAddress(text: string): number {
  // No address is longer than this.
  const from = Math.max(0, text.length - 1024);
  const found = OPEN_ADDRESS.exec(text.slice(from));
  return found === null ? text.length : from + found.index;
}
