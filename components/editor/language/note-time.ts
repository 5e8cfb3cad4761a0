/**
 * Writes into the browser's performance timeline how long something took that ends now. Observers see each note; in the
 * timeline itself only the latest of a name stays, so that a day of typing leaves nothing behind.
 */
export function noteTime(name: string, start: number): void {
  performance.clearMeasures(name);
  performance.measure(name, { start });
}
