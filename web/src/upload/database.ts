// IndexedDB by promises: the two stores that uploads are remembered in. What a browser refuses to keep is not kept.

import type { BegunUpload } from '../../../client/src/client.ts';

export interface Remembered {
  readonly id: string;
  /** Of which API and whose account. */
  readonly scope: string;
  /** The page that goes on with it: others leave it alone as long as that one is open. */
  readonly page: string;
  readonly name: string;
  readonly bytes: number;
  readonly lastModified: number;
  readonly savedAt: number;
  readonly begun: BegunUpload | undefined;
  readonly isPaused: boolean;
  /** `canceled`: its image is still to be deleted. */
  readonly standing: 'unsent' | 'sent' | 'ready' | 'canceled';
}

const name = 'darkroom-uploads';
const stores = ['uploads', 'files'] as const;
const recordsAtATime = 100;

export type Database = Awaited<ReturnType<typeof openDatabase>>;

/** @throws {DOMException} where the browser allows no storage */
export async function openDatabase() {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('uploads', { keyPath: 'id' });
    opening.result.createObjectStore('files');
  };
  const database = await answerOf(opening);
  // Whoever signs out, in whichever tab, deletes it: until all have let go of it, nobody can open it anew.
  database.onversionchange = () => database.close();

  /** Fulfilled when it is written. @throws {DOMException} when there is no room */
  function change(work: (uploads: IDBObjectStore, files: IDBObjectStore) => void): Promise<void> {
    const transaction = database.transaction(stores, 'readwrite');
    const [uploads, files] = [transaction.objectStore('uploads'), transaction.objectStore('files')];
    return new Promise((fulfil, reject) => {
      transaction.oncomplete = () => fulfil();
      transaction.onabort = () => reject(transaction.error);
      work(uploads, files);
    });
  }

  return {
    all: (): Promise<Remembered[]> =>
      answerOf(database.transaction('uploads').objectStore('uploads').getAll()),

    file: (id: string): Promise<File | undefined> =>
      answerOf(database.transaction('files').objectStore('files').get(id)),

    put: (records: readonly Remembered[]) => change((uploads) => putSome(uploads, records)),

    /** Unless its upload has been forgotten meanwhile. */
    putFile: (id: string, file: File) =>
      change((uploads, files) => {
        const known = uploads.getKey(id);
        known.onsuccess = () => known.result !== undefined && files.put(file, id);
      }),

    deleteFile: (id: string) => change((_uploads, files) => void files.delete(id)),

    delete: (ids: readonly string[]) =>
      change((uploads, files) => {
        for (const id of ids) {
          uploads.delete(id);
          files.delete(id);
        }
      }),
  };
}

/** So many at a time, in one transaction: to hand over a thousand at once takes the main thread 20 ms. */
function putSome(uploads: IDBObjectStore, records: readonly Remembered[]): void {
  const requests = records.slice(0, recordsAtATime).map((record) => uploads.put(record));
  const rest = records.slice(recordsAtATime);
  const last = requests.at(-1);
  if (last && rest.length > 0) last.onsuccess = () => putSome(uploads, rest);
}

function answerOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((fulfil, reject) => {
    request.onsuccess = () => fulfil(request.result);
    request.onerror = () => reject(request.error);
  });
}
