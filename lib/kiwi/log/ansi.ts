/**
 * Reads the terminal's colour codes (SGR, ECMA-48 8.3.117) of one line of text. All other control codes are removed:
 * a log is shown as text, it never steers the viewer.
 */

/** The sixteen colours that a theme gives its own values to; richer colours are mapped to the nearest of them. */
export const ansiColours = [
  "black",
  "red",
  "green",
  "yellow",
  "blue",
  "magenta",
  "cyan",
  "white",
  "bright-black",
  "bright-red",
  "bright-green",
  "bright-yellow",
  "bright-blue",
  "bright-magenta",
  "bright-cyan",
  "bright-white",
] as const;
export type AnsiColour = (typeof ansiColours)[number];

export interface AnsiStyle {
  foreground: AnsiColour | null;
  background: AnsiColour | null;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  inverse: boolean;
  strike: boolean;
}

export interface AnsiSpan {
  text: string;
  style: AnsiStyle;
}

/** A style in one small integer, so that a log can keep one for each line: bits 0-4 and 5-9 colours, then the flags. */
export type PackedStyle = number;
export const plainStyle: PackedStyle = 0;

const bold = 1 << 10;
const dim = 1 << 11;
const italic = 1 << 12;
const underline = 1 << 13;
const inverse = 1 << 14;
const strike = 1 << 15;

/** What each single SGR parameter switches on or off. */
const switches: Record<number, { on?: number; off?: number }> = {
  1: { on: bold },
  2: { on: dim },
  3: { on: italic },
  4: { on: underline },
  7: { on: inverse },
  9: { on: strike },
  21: { on: underline },
  22: { off: bold | dim },
  23: { off: italic },
  24: { off: underline },
  27: { off: inverse },
  29: { off: strike },
};

// Group 1 holds the parameters of a colour code; every other match is thrown away: control sequences, operating
// system commands and other strings up to their terminator, two-character escapes, single control characters.
const controlCodes =
  /\x1b\[([\d;:]*)m|\x1b\[[0-?]*[ -/]*[@-~]?|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?|[\0-\x08\x0a-\x1f\x7f-\x9f]/g;

/** Splits a line into spans of one style each, starting in `style`; `end` is the style in which the next line starts. */
export function readAnsi(line: string, style: PackedStyle = plainStyle): { spans: AnsiSpan[]; end: PackedStyle } {
  const spans: AnsiSpan[] = [];
  let current = style;
  let from = 0;
  const take = (to: number) => {
    const text = line.slice(from, to);
    if (text === "") return;
    const last = spans.at(-1);
    const unpacked = unpackStyle(current);
    if (last && packStyle(last.style) === current) last.text += text;
    else spans.push({ text, style: unpacked });
  };
  for (const match of line.matchAll(controlCodes)) {
    take(match.index);
    from = match.index + match[0].length;
    if (match[1] !== undefined) current = applyParameters(current, match[1]);
  }
  take(line.length);
  return { spans, end: current };
}

/** The line without any control code. */
export function stripAnsi(line: string): string {
  return line.replace(controlCodes, "");
}

export function unpackStyle(style: PackedStyle): AnsiStyle {
  return {
    foreground: ansiColours[(style & 31) - 1] ?? null,
    background: ansiColours[((style >> 5) & 31) - 1] ?? null,
    bold: (style & bold) !== 0,
    dim: (style & dim) !== 0,
    italic: (style & italic) !== 0,
    underline: (style & underline) !== 0,
    inverse: (style & inverse) !== 0,
    strike: (style & strike) !== 0,
  };
}

function packStyle(style: AnsiStyle): PackedStyle {
  return (
    (style.foreground ? ansiColours.indexOf(style.foreground) + 1 : 0) |
    ((style.background ? ansiColours.indexOf(style.background) + 1 : 0) << 5) |
    (style.bold ? bold : 0) |
    (style.dim ? dim : 0) |
    (style.italic ? italic : 0) |
    (style.underline ? underline : 0) |
    (style.inverse ? inverse : 0) |
    (style.strike ? strike : 0)
  );
}

function applyParameters(style: PackedStyle, parameters: string): PackedStyle {
  const numbers = parameters.split(/[;:]/).map(Number);
  let next = style;
  for (let index = 0; index < numbers.length; index++) {
    const code = numbers[index] ?? 0;
    if (code === 0) next = plainStyle;
    else if (code === 38 || code === 48) {
      const { colour, used } = readExtended(numbers.slice(index + 1));
      index += used;
      if (colour !== null) next = withColour(next, colour, code === 48);
    } else if (code >= 30 && code <= 37) next = withColour(next, code - 29, false);
    else if (code >= 90 && code <= 97) next = withColour(next, code - 81, false);
    else if (code >= 40 && code <= 47) next = withColour(next, code - 39, true);
    else if (code >= 100 && code <= 107) next = withColour(next, code - 91, true);
    else if (code === 39) next = withColour(next, 0, false);
    else if (code === 49) next = withColour(next, 0, true);
    else next = (next & ~(switches[code]?.off ?? 0)) | (switches[code]?.on ?? 0);
  }
  return next;
}

/** `colour` counts from 1; 0 is the theme's own. */
function withColour(style: PackedStyle, colour: number, background: boolean): PackedStyle {
  return background ? (style & ~(31 << 5)) | (colour << 5) : (style & ~31) | colour;
}

/** Reads what follows 38 or 48: `5;n` of the 256 colours, or `2;r;g;b`. */
function readExtended(numbers: number[]): { colour: number | null; used: number } {
  const [mode, first = 0, green = 0, blue = 0] = numbers;
  if (mode === 2) return { colour: nearest(first, green, blue), used: 4 };
  if (mode !== 5) return { colour: null, used: numbers.length };
  if (first < 16) return { colour: first + 1, used: 2 };
  if (first >= 232) {
    const grey = (first - 232) * 10 + 8;
    return { colour: nearest(grey, grey, grey), used: 2 };
  }
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const cube = first - 16;
  return { colour: nearest(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)), used: 2 };
}

function nearest(red: number, green: number, blue: number): number {
  const most = Math.max(red, green, blue);
  if (most - Math.min(red, green, blue) < 40) return most < 64 ? 1 : most < 150 ? 9 : most < 220 ? 8 : 16;
  const part = (value: number, bit: number) => (value > most / 2 ? bit : 0);
  return 1 + (part(red, 1) | part(green, 2) | part(blue, 4)) + (most > 200 ? 8 : 0);
}
