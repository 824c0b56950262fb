// What a browser does where there is no room for files: it keeps what was begun, and none of the files.

/** To be evaluated in the page. */
export const forgetFiles = `(async () => {
  const all = await indexedDB.databases();
  // To open what is not there would make it.
  if (!all.some(({ name }) => name === 'darkroom-uploads')) return;
  await new Promise((fulfil) => {
    const opening = indexedDB.open('darkroom-uploads');
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('files', 'readwrite');
      transaction.objectStore('files').clear();
      transaction.oncomplete = fulfil;
    };
  });
})()`;
