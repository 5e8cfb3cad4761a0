const replacements: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as it stands in an attribute or element of an XML file. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => replacements[character] ?? character);
}
