/**
 * Copies a part of the stored log as it is, without numbers and times. The text is fetched inside the copying, as
 * browsers let a page copy only in answer to a click. Throws where the browser does not let it, as without TLS.
 */
export async function copyLog(href: string): Promise<void> {
  const text = fetch(href).then(async (answer) => {
    if (!answer.ok) throw new Error(`the log could not be read: ${answer.status}`);
    return new Blob([await answer.text()], { type: "text/plain" });
  });
  await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
}
