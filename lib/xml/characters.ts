/** Character classes of XML 1.0, fifth edition (productions 2 to 5), without the colon, which namespaces take. */

const nameStart =
  "A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}";
const nameRest = `${nameStart}.0-9\\-\\u00B7\\u0300-\\u036F\\u203F\\u2040`;

const namePattern = new RegExp(`[:${nameStart}][:${nameRest}]*`, "uy");
const ncNamePattern = new RegExp(`^[${nameStart}][${nameRest}]*$`, "u");
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML forbids
const forbidden =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** End of the name that starts at `at`; `at` itself where no name starts there. */
export function nameEnd(text: string, at: number): number {
  namePattern.lastIndex = at;
  return namePattern.test(text) ? namePattern.lastIndex : at;
}

export function isNcName(text: string): boolean {
  return ncNamePattern.test(text);
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

/** End of the run of blanks that starts at `at`. */
export function blankEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && isBlank(text.charCodeAt(end))) end++;
  return end;
}

/** Offsets of the characters that no XML text may hold. */
export function* forbiddenCharacters(text: string): Generator<number> {
  for (const match of text.matchAll(forbidden)) yield match.index;
}

export function isXmlCharacter(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

/** An address without a host in brackets. What has no end is not searched for: that could take the square of the length. */
function withoutHost(text: string): string {
  const end = text.lastIndexOf("]") + 1;
  return text.slice(0, end).replace(/\/\/(?:[^/?#]*@)?\[[^\]]*\]/, "") + text.slice(end);
}

/** As libxml2 checks addresses: by the characters that RFC 3986 allows, and where it allows them. */
export function isUri(text: string): boolean {
  if (/[\s<>"{}|\\^`]/.test(text) || /%(?![0-9a-fA-F]{2})/.test(text)) return false;
  // One fragment; brackets only around a host; a scheme before the first colon of the first part.
  if (/#.*#/.test(text) || /[[\]]/.test(withoutHost(text))) return false;
  const scheme = /^([^/?#:]*):/.exec(text);
  return scheme === null || /^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme[1] ?? "");
}
