/**
 * Copies a part of the stored log as it is, without numbers and times. The text is fetched inside the copying, as
 * browsers let a page copy only in answer to a click. `copy` takes it where there is nothing better.
 */
export async function copyLog(href: string, copy: (text: string) => void): Promise<void> {
  const text = fetch(href).then((answer) => {
    if (!answer.ok) throw new Error(`the log could not be read: ${answer.status}`);
    return answer.text();
  });
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard && typeof ClipboardItem !== "undefined")
    await clipboard.write([
      new ClipboardItem({ "text/plain": text.then((all) => new Blob([all], { type: "text/plain" })) }),
    ]);
  copy(await text);
}
