// Saves the original under the name that it was uploaded with: its URL is of another origin, where a link's name does not count.

/** @throws when it cannot be had */
export async function saveAs(url: string | undefined, fileName: string): Promise<void> {
  if (url === undefined) throw new Error('It is not there any more.');
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`S3 answered ${answer.status}.`);
  const address = URL.createObjectURL(await answer.blob());
  Object.assign(document.createElement('a'), { href: address, download: fileName }).click();
  // The browser has its own hold of it once the click is over.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
