import {
  type Data,
  type DataDocument,
  type DataEntry,
  type DataFault,
  type DataList,
  type DataMap,
  type DataScalar,
  dataLimits,
  TooMuch,
} from "./data.ts";
import { pythonFloat, pythonInteger } from "./python-value.ts";

/** Reads JSON as Python does, or JSON5. What is broken is reported where it is, and the rest is read. */
export function readJson(text: string, format: "json" | "json5"): DataDocument {
  const reader = new Reader(text, format === "json5");
  try {
    return { top: reader.document(), faults: reader.faults };
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    reader.fault("too-much", error.message, error.at, error.at + 1);
    return { top: null, faults: reader.faults };
  }
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
const moreEscapes: Readonly<Record<string, string>> = { ...escapes, "'": "'", v: "\v", 0: "\0" };

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const number5 = /[-+]?(?:0[xX][\da-fA-F]+|(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)/y;
const word = /[-+]?[\p{L}_$][\p{L}\p{N}_$]*/uy;

class Reader {
  readonly faults: DataFault[] = [];
  readonly #text: string;
  readonly #five: boolean;
  #at = 0;
  #left = dataLimits.nodes;
  /** What closes the collections that are open. */
  readonly #closers: string[] = [];

  constructor(text: string, five: boolean) {
    this.#text = text;
    this.#five = five;
  }

  document(): Data | null {
    if (this.#text.startsWith("\uFEFF")) {
      this.fault("json-byte-order-mark", "KIWI's JSON reader refuses a file with a byte order mark.", 0, 1);
      this.#at = 1;
    }
    this.#blank();
    if (this.#at >= this.#text.length) {
      this.fault("json-empty", "The file holds nothing.", 0, 1);
      return null;
    }
    const top = this.#value();
    this.#blank();
    if (this.#at < this.#text.length) {
      const end = this.#text.trimEnd().length;
      this.fault("json-extra", "Nothing may follow the outermost value.", this.#at, end);
    }
    return top;
  }

  fault(code: string, message: string, start: number, end: number): void {
    if (this.faults.length < 1000) this.faults.push({ code, message, start, end: Math.max(end, start + 1) });
  }

  #value(): Data {
    const start = this.#at;
    if (this.#left-- <= 0 || this.#closers.length > dataLimits.depth) {
      throw new TooMuch(this.#left < 0 ? "This is too much to read." : "This is nested too deeply.", start);
    }
    const character = this.#text[start];
    if (character === "{") return this.#map();
    if (character === "[") return this.#list();
    if (character === '"' || (character === "'" && this.#five)) return this.#string();
    return this.#bare();
  }

  #map(): DataMap {
    const entries: DataEntry[] = [];
    const map: DataMap = { kind: "map", start: this.#at, end: this.#at, entries };
    map.end = this.#collection("}", "a key", () => {
      const key = this.#key();
      this.#blank();
      if (this.#text[this.#at] !== ":") {
        this.fault("json-colon", 'A ":" and a value are missing after this key.', key.start, key.end);
        entries.push({ key, value: nothing(key.end) });
        return;
      }
      this.#at++;
      this.#blank();
      entries.push({ key, value: this.#value() });
    });
    return map;
  }

  #list(): DataList {
    const items: Data[] = [];
    const list: DataList = { kind: "list", start: this.#at, end: this.#at, items };
    list.end = this.#collection("]", "a value", () => items.push(this.#value()));
    return list;
  }

  /** Reads what stands between the bracket at hand and its closing one, and returns the end. */
  #collection(closer: string, what: string, readOne: () => void): number {
    const { start } = { start: this.#at };
    this.#at++;
    this.#closers.push(closer);
    let comma: number | null = null;
    for (let count = 0; ; count++) {
      this.#blank();
      const character = this.#text[this.#at];
      if (character === closer) {
        if (comma !== null && (!this.#five || count === 0)) {
          this.fault("json-comma", `No comma may stand before "${closer}".`, comma, comma + 1);
        }
        this.#at++;
        break;
      }
      if (character === undefined || this.#closes(character)) {
        this.fault("json-unclosed", `A "${closer}" is missing for this.`, start, start + 1);
        break;
      }
      if (count > 0 && comma === null) {
        this.fault("json-comma", "A comma is missing before this.", this.#at, this.#at + 1);
      }
      if (character === ",") this.fault("json-comma", `Here ${what} is missing.`, this.#at, this.#at + 1);
      else {
        const before = this.#at;
        readOne();
        if (this.#at === before) this.#at++;
      }
      this.#blank();
      comma = this.#text[this.#at] === "," ? this.#at++ : null;
    }
    this.#closers.pop();
    return this.#at;
  }

  /** Whether a bracket closes one of the collections around; one that closes nothing is passed over. */
  #closes(character: string): boolean {
    return (character === "}" || character === "]") && this.#closers.includes(character);
  }

  #key(): DataScalar {
    const character = this.#text[this.#at];
    if (character === '"' || (character === "'" && this.#five)) return this.#string();
    word.lastIndex = this.#at;
    const name = word.exec(this.#text)?.[0];
    if (this.#five && name !== undefined && !/^[-+]/.test(name)) return this.#take("string", name, name.length);
    const scalar = this.#bare(true);
    this.fault("json-key", 'A key must be written in double quotes, as "name".', scalar.start, scalar.end);
    return { ...scalar, type: "string", value: this.#text.slice(scalar.start, scalar.end) };
  }

  #string(): DataScalar {
    const start = this.#at;
    const quote = this.#text[start];
    const known = this.#five ? moreEscapes : escapes;
    let value = "";
    let at = start + 1;
    for (; ; at++) {
      const character = this.#text[at];
      if (character === quote) break;
      if (character === undefined || character === "\n" || character === "\r") {
        this.fault("json-open-quote", "This text lacks its closing quote.", start, at);
        this.#at = at;
        return { kind: "scalar", type: "string", value, start, end: at, innerStart: start + 1, innerEnd: at };
      }
      if (character < " " && !this.#five)
        this.fault("json-control", "Write this character as \\t or \\u0009.", at, at + 1);
      if (character !== "\\") {
        value += character;
        continue;
      }
      const escape = this.#text[++at] ?? "";
      const digits = escape === "u" ? 4 : escape === "x" && this.#five ? 2 : 0;
      const code = this.#text.slice(at + 1, at + 1 + digits);
      if (digits > 0 && code.length === digits && /^[\da-fA-F]+$/.test(code)) {
        value += String.fromCharCode(Number.parseInt(code, 16));
        at += digits;
      } else if (known[escape] !== undefined) value += known[escape];
      else if (this.#five && (escape === "\n" || escape === "\r")) {
        if (escape === "\r" && this.#text[at + 1] === "\n") at++;
      } else if (this.#five && digits === 0 && !/[\dx]/.test(escape)) value += escape;
      else this.fault("json-escape", "JSON knows no such escape; a backslash is written \\\\.", at - 1, at + 1);
    }
    this.#at = at + 1;
    return { kind: "scalar", type: "string", value, start, end: at + 1, innerStart: start + 1, innerEnd: at };
  }

  /** A number, a word, or something that does not belong here. */
  #bare(asKey = false): DataScalar {
    const start = this.#at;
    const pattern = this.#five ? number5 : number;
    pattern.lastIndex = start;
    const digits = pattern.exec(this.#text)?.[0];
    word.lastIndex = start;
    const name = word.exec(this.#text)?.[0];
    if (name !== undefined && !asKey) {
      if (name === "true" || name === "false") return this.#take("boolean", name, name.length);
      if (name === "null") return this.#take("null", "", name.length);
      const special = /^(-?)(?:NaN|Infinity)$/.exec(name.replace(this.#five ? /^\+/ : /^$/, ""));
      if (special !== null && name !== "-NaN") {
        const value = name.endsWith("NaN") ? "nan" : `${special[1]}inf`;
        return this.#take("number", value, name.length);
      }
    }
    if (digits !== undefined && !asKey && !/^[\w.]/.test(this.#text.slice(start + digits.length))) {
      return this.#take("number", numberText(digits), digits.length);
    }
    // Up to what may belong to the text around.
    const junk = /[^\s,:{}[\]"']+|./y;
    junk.lastIndex = start;
    const length = junk.exec(this.#text)?.[0].length ?? 0;
    if (asKey) return this.#take("string", this.#text.slice(start, start + length), length);
    if (/^[}\],:]/.test(this.#text.slice(start))) {
      this.fault("json-value", "A value is missing here.", Math.max(0, start - 1), start);
      return nothing(start);
    }
    this.fault("json-value", "This is no value: text is written in double quotes.", start, start + length);
    return this.#take("string", this.#text.slice(start, start + length), length);
  }

  #take(type: DataScalar["type"], value: string, length: number): DataScalar {
    const start = this.#at;
    this.#at += length;
    return { kind: "scalar", type, value, start, end: this.#at, innerStart: start, innerEnd: this.#at };
  }

  /** Goes on behind blanks, and comments where they are allowed; elsewhere they are faults. */
  #blank(): void {
    const blanks = this.#five ? /[\s\uFEFF]+/y : /[ \t\n\r]+/y;
    for (;;) {
      blanks.lastIndex = this.#at;
      this.#at += blanks.exec(this.#text)?.[0].length ?? 0;
      const start = this.#at;
      const line = this.#text.startsWith("//", start);
      if (!line && !this.#text.startsWith("/*", start)) return;
      const found = this.#text.indexOf(line ? "\n" : "*/", start + 2);
      this.#at = found < 0 ? this.#text.length : found + (line ? 0 : 2);
      if (!this.#five)
        this.fault("json-comment", "JSON knows no comments; a file .json5 may have them.", start, this.#at);
      else if (found < 0 && !line) this.fault("json-comment", 'This comment lacks its "*/".', start, start + 2);
    }
  }
}

function nothing(at: number): DataScalar {
  return { kind: "scalar", type: "null", value: "", start: at, end: at, innerStart: at, innerEnd: at };
}

/** A number as Python reads and prints it. */
function numberText(digits: string): string {
  const plain = digits.replace(/^\+/, "");
  const sign = plain.startsWith("-") ? "-" : "";
  const body = plain.slice(sign.length);
  if (/^(?:0[xX][\da-fA-F]+|\d+)$/.test(body)) return pythonInteger(body, sign) ?? plain;
  return pythonFloat(Number(plain));
}
