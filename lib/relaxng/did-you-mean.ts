/** Longer words are no names that anybody writes by hand. */
const maxLength = 64;
/** So many candidates are looked at. */
const maxCandidates = 1000;
/** So many guesses are worth their time: where more names are wrong, they were never right. */
const maxGuesses = 50;

/** As `nearest`, for the first words that it is asked about; nobody need gather candidates for the others. */
export type Guesser = (word: string, candidates: () => readonly string[]) => string | null;

export function guesser(): Guesser {
  let left = maxGuesses;
  return (word, candidates) => (left-- > 0 ? nearest(word, candidates()) : null);
}

/** The candidate that someone who wrote `word` most likely meant, or null where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  if (word.length > maxLength) return null;
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.min(3, Math.floor(word.length / 3))) + 1;
  for (const candidate of candidates.slice(0, maxCandidates)) {
    if (candidate === word || Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** How many characters must be changed, added, dropped or swapped with their neighbour (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(change, (above[j] as number) + 1, (row[j - 1] as number) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] as number) + 1);
      }
      row.push(least);
    }
    before = above;
    above = row;
  }
  return above[b.length] as number;
}
