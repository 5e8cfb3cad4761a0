/** Shorter words, and shorter pieces of encoded ones, are too common to be hidden. */
export const SHORTEST = 4;

/**
 * The forms in which a secret may come out of a build: as it is, and as shells, addresses, JSON, XML and base64 write
 * it. Each is a string of bytes (latin1), as a log is one.
 */
export function formsOf(secret: string): string[] {
  const forms = new Set<string>();
  for (const word of new Set([secret, unescaped(secret)])) {
    const bytes = Buffer.from(word);
    const texts = [word, ...inAddresses(word), ...inShells(word), ...inJson(word), ...inXml(word), ...inBase64(bytes)];
    for (const text of [...texts, bytes.toString("hex"), bytes.toString("hex").toUpperCase()])
      forms.add(Buffer.from(text).toString("latin1"));
  }
  return [...forms].filter((form) => form.length >= SHORTEST);
}

/** A word that was taken out of an address stands in files without its escapes. */
function unescaped(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

function inAddresses(word: string): string[] {
  const usual = encodeURIComponent(word.toWellFormed());
  const strict = usual.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  const all = [...Buffer.from(word)].map((byte) => `%${byte.toString(16).padStart(2, "0").toUpperCase()}`).join("");
  const forms = [usual, strict, strict.replaceAll("%20", "+"), usual.replaceAll("%20", "+"), all];
  return [...forms, ...forms.map((form) => form.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()))];
}

/** What is inside the quotes of the ways that shells, `printf %q` and Python's shlex quote a word. */
function inShells(word: string): string[] {
  return [
    word.replaceAll("'", "'\\''"),
    word.replaceAll("'", `'"'"'`),
    word.replace(/[^\w\-./:+=@%#~\u0080-\uffff]/g, "\\$&"),
    word.replace(/[^\w\-./:+=@%\u0080-\uffff]/g, "\\$&"),
    word.replace(/[\\"$`]/g, "\\$&"),
    word.replace(/[\\']/g, "\\$&"),
    // $'...', for what the language of the environment has no letters for.
    word
      .replace(/[\\']/g, "\\$&")
      .replace(/[^\0-\x7f]/gu, (letter) => [...Buffer.from(letter)].map((byte) => `\\${byte.toString(8)}`).join("")),
  ];
}

function inJson(word: string): string[] {
  const json = JSON.stringify(word).slice(1, -1);
  const ascii = json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return [json, ascii, json.replaceAll("/", "\\/")];
}

function inXml(word: string): string[] {
  const text = word.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quoted = text.replaceAll('"', "&quot;");
  return [
    text,
    quoted,
    quoted.replaceAll("'", "&apos;"),
    quoted.replaceAll("'", "&#39;"),
    quoted.replaceAll("'", "&#x27;"),
  ];
}

/**
 * Base64, alone and in the midst of other text: of three neighbouring bytes it makes four letters, so there are three
 * ways that a word can fall, and the letters at its ends belong to its neighbours as well.
 */
function inBase64(bytes: Buffer): string[] {
  const forms = [bytes.toString("base64").replace(/=+$/, "")];
  for (const before of [0, 1, 2]) {
    const letters = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const end = (before + bytes.length) % 3 === 0 ? letters.length : letters.length - 1;
    forms.push(letters.slice(Math.ceil((before * 4) / 3), end));
  }
  return [...forms, ...forms.map((form) => form.replaceAll("+", "-").replaceAll("/", "_"))];
}
