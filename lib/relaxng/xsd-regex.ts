/**
 * The regular expressions of XML Schema, in JavaScript's dialect: the whole value must match, `^` and `$` are plain
 * characters, `\d` is every decimal digit. What schemas rarely use (class subtraction, `\p{Is…}`) is not translated:
 * then the answer is null.
 */
export function compileXsdRegex(pattern: string): RegExp | null {
  try {
    return new RegExp(`^(?:${translate(pattern)})$`, "u");
  } catch {
    return null;
  }
}

const escapes: Readonly<Record<string, string>> = {
  d: "\\p{Nd}",
  D: "\\P{Nd}",
  w: "\\p{L}\\p{M}\\p{N}\\p{S}",
  s: " \\t\\n\\r",
  n: "\\n",
  r: "\\r",
  t: "\\t",
};

function translate(pattern: string): string {
  let result = "";
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] as string;
    if (character === "\\") {
      at++;
      const escape = escapes[pattern[at] as string];
      result += escape === undefined ? literal(pattern[at] as string) : inClass ? escape : `[${escape}]`;
    } else if (character === "[" || character === "]") {
      inClass = character === "[";
      result += character;
    } else if (!inClass && (character === "^" || character === "$")) result += `\\${character}`;
    else if (!inClass && character === ".") result += "[^\\n\\r]";
    else result += character;
  }
  return result;
}

function literal(character: string): string {
  if (character === "-") return "\\u002D";
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}

/** More values than these are no help to choose from. */
const maxValues = 200;

/**
 * The values that a pattern spells out: for `(oci|docker):(vdi|vmdk)` all four, for `\d+|all` only `all`; `complete`
 * says whether there are no others.
 */
export function spelledValues(pattern: string): { values: string[]; complete: boolean } {
  let at = 0;

  function alternatives(): Spelled {
    let all: Spelled = sequence();
    while (pattern[at] === "|") {
      at++;
      const next = sequence();
      all = { values: [...all.values, ...next.values], complete: all.complete && next.complete };
    }
    return all;
  }

  function sequence(): Spelled {
    let parts: Spelled = { values: [""], complete: true };
    while (at < pattern.length && pattern[at] !== "|" && pattern[at] !== ")") {
      const next = quantified(atom());
      parts = {
        values: parts.values.flatMap((head) => next.values.map((tail) => head + tail)).slice(0, maxValues + 1),
        complete: parts.complete && next.complete,
      };
    }
    return parts;
  }

  function atom(): Spelled {
    const character = pattern[at++] as string;
    if (character === "(") {
      const inner = alternatives();
      at++;
      return inner;
    }
    if (character === "[") {
      while (at < pattern.length && pattern[at] !== "]") at += pattern[at] === "\\" ? 2 : 1;
      at++;
      return unlisted;
    }
    if (character === ".") return unlisted;
    if (character === "\\") {
      const escaped = pattern[at++] as string;
      return /[a-zA-Z]/.test(escaped) ? unlisted : { values: [escaped], complete: true };
    }
    return { values: [character], complete: true };
  }

  function quantified(inner: Spelled): Spelled {
    const quantifier = /[?*+]|\{[^}]*\}/y;
    quantifier.lastIndex = at;
    const found = quantifier.exec(pattern);
    if (found === null) return inner;
    at += found[0].length;
    if (found[0] === "?") return { values: ["", ...inner.values], complete: inner.complete };
    // Of what repeats, the least is worth spelling out.
    if (found[0] === "*") return { values: [""], complete: false };
    return { values: found[0] === "+" ? inner.values : [], complete: false };
  }

  const { values, complete } = alternatives();
  const unique = [...new Set(values)].filter((value) => value !== "");
  return unique.length > maxValues ? { values: [], complete: false } : { values: unique, complete };
}

type Spelled = { values: string[]; complete: boolean };
const unlisted: Spelled = { values: [], complete: false };
