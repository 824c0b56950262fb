// Whoever signs out leaves nothing in this browser: not what was to be uploaded, nor what of.

/** Fulfilled when it is gone, or after a second: a database that another tab has open goes when that one lets it go. */
export async function leaveNothing(): Promise<void> {
  localStorage.clear();
  sessionStorage.clear();
  const databases = await indexedDB.databases();
  const deleted = databases.map(({ name }) => name !== undefined && deleteDatabase(name));
  await Promise.race([Promise.all(deleted), new Promise((fulfil) => setTimeout(fulfil, 1000))]);
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((fulfil) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => fulfil();
    request.onerror = () => fulfil();
  });
}
