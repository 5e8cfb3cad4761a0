/** The names in a text that somebody typed or pasted: between blanks, commas and quotes, each once. */
export function namesIn(text: string): string[] {
  return [...new Set(text.split(/[\s,;"'<>]+/).filter((word) => word !== "" && !word.startsWith("#")))];
}
