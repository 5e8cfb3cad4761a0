/** Writes a line of a command's result. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Writes a line for the person at the terminal that is no part of the result. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}
