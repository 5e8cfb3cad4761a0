/**
 * Cuts a stream of text into records that end with a mark; lists of packages are too long to be held as one text. What
 * stands behind the last mark is a record too. A record of more than `maxLength` characters throws: no list has such.
 */
export async function* records(
  chunks: AsyncIterable<string>,
  mark: string,
  maxLength = 16 * 1024 * 1024,
): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of chunks) {
    // The mark may lie on the border of two chunks.
    let from = Math.max(0, rest.length - mark.length + 1);
    rest += chunk;
    let taken = 0;
    for (let end = rest.indexOf(mark, from); end >= 0; end = rest.indexOf(mark, from)) {
      yield rest.slice(taken, end);
      taken = from = end + mark.length;
    }
    rest = rest.slice(taken);
    if (rest.length > maxLength) throw new Error("The list of packages holds an entry without end.");
  }
  if (rest.trim() !== "") yield rest;
}
