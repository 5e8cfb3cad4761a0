/** Words for numbers, short enough for tables. */

/** A span of time in whole seconds: `0 s`, `42 s`, `3 min 05 s`, `2 h 07 min`, `3 d 4 h`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${two(whole % 60)} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${two(minutes % 60)} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

const units = ["B", "KiB", "MiB", "GiB", "TiB"];

/** A size in bytes with binary units: `512 B`, `1.5 KiB`, `734 MiB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1023.5 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** How long ago `iso` was at `now` (milliseconds), in one unit: `just now`, `5 min ago`, `3 h ago`, `2 d ago`. */
export function formatAgo(iso: string, now: number): string {
  const seconds = Math.floor((now - Date.parse(iso)) / 1000);
  if (seconds < 45) return "just now";
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  return `${Math.round(hours / 24)} d ago`;
}

/** Seconds of a day's clock, which may count beyond midnight: `23:59:58`, `00:00:03`. */
export function formatClock(seconds: number): string {
  const part = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${part((seconds / 3600) % 24)}:${part((seconds / 60) % 60)}:${part(seconds % 60)}`;
}

/** A command line that can be pasted into a POSIX shell; `&&` as a word of its own stands between two of them. */
export function formatCommand(words: readonly string[]): string {
  return words
    .map((word) => (/^(?:[\w@%+=:,./-]+|&&)$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(" ");
}

/** `1 line`, `2 lines`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** By how much a number changed: `+12 %`, `−3 %`, `same`; below ten percent with a decimal, never rounded to nothing. */
export function formatChange(before: number, after: number): string {
  if (before === after) return "same";
  if (before === 0) return "new";
  const percent = ((after - before) / before) * 100;
  const size = Math.abs(percent);
  return `${percent < 0 ? "−" : "+"}${Math.max(size, 0.1).toFixed(size < 10 ? 1 : 0)} %`;
}
