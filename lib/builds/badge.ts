import type { BuildState } from "#lib/contracts/build.ts";

const colours: Record<BuildState, string> = {
  succeeded: "#1f7a4d",
  failed: "#b3261e",
  interrupted: "#b3261e",
  cancelled: "#5f6368",
  cancelling: "#5f6368",
  queued: "#5f6368",
  preparing: "#2457a6",
  running: "#2457a6",
};

/** A badge as an SVG image: what it is about, and in which state that is; null = nothing was built yet. */
export function badge(subject: string, state: BuildState | null): string {
  const word = state ?? "not built";
  const [left, right] = [widthOf(subject), widthOf(word)];
  const label = `${subject}: ${word}`;
  const text = (x: number, width: number, words: string) =>
    `<text x="${x + width / 2}" y="14" textLength="${width - 12}">${escape(words)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${escape(label)}">`,
    `<title>${escape(label)}</title>`,
    `<clipPath id="round"><rect width="${left + right}" height="20" rx="3"/></clipPath>`,
    '<g clip-path="url(#round)">',
    `<rect width="${left}" height="20" fill="#3c4043"/>`,
    `<rect x="${left}" width="${right}" height="20" fill="${state === null ? "#5f6368" : colours[state]}"/>`,
    "</g>",
    '<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">',
    text(0, left, subject),
    text(left, right, word),
    "</g></svg>",
  ].join("");
}

/** About what the text takes in the badge's font, with room beside it. */
function widthOf(text: string): number {
  return Math.round(text.length * 6.6) + 12;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
