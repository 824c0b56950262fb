// What outlives the page: which uploads there are, what was begun of them, and their files as far as there is room. A page
// that is loaded takes over what closed ones left; what another open page does it leaves alone.

import { type Database, openDatabase, type Remembered } from './database.ts';
import type { Upload } from './upload.ts';

export type Standing = Remembered['standing'];

export interface Left {
  /** To go on with, in the order in which they were chosen. */
  readonly uploads: readonly (Remembered & { readonly file: File | undefined })[];
  /** Ready not long ago, or another page's that is open: the same file does not become a second image. */
  readonly known: readonly Remembered[];
}

export interface Memory {
  /** Takes over what closed pages left. */
  takeOver(): Promise<Left>;
  /** Fulfilled when it is kept, or when it cannot be. */
  keep(uploads: readonly Upload[], standing: Standing): Promise<void>;
  /** Keeps their files, one after the other, as long as there is room and they are `wanted`. */
  keepFiles(uploads: readonly Upload[], isWanted: (upload: Upload) => boolean): Promise<void>;
  dropFile(id: string): Promise<void>;
  forget(ids: readonly string[]): Promise<void>;
  /** Whoever comes next takes over from here, as from a page that was closed. */
  release(): void;
}

/** Of all files, at most; and no more than this part of what the browser grants the page. */
const mostFileBytes = 512 * 1024 * 1024;
const shareOfQuota = 0.25;
const dayMilliseconds = 86_400_000;
/** Then nobody chooses the file again any more, and the URL has long run out. */
const unsentDays = 7;
const readyDays = 1;
const lockOf = (page: string) => `darkroom-uploads ${page}`;

/**
 * @param scope of which API and whose account: nobody goes on with what somebody else chose
 * @returns one that keeps nothing where the browser has no storage, or no locks: on pages that came over plain HTTP
 */
export function createMemory(scope: string): Memory {
  const page = crypto.randomUUID?.() ?? String(Math.random());
  const lock = 'locks' in navigator ? holdLock(lockOf(page)) : undefined;
  const opened = lock?.then(() => openDatabase());
  opened?.catch(() => {});
  const keptBytes = new Map<string, number>();

  async function attempt<T>(work: (database: Database) => Promise<T>): Promise<T | undefined> {
    try {
      return opened && (await work(await opened));
    } catch {
      // Storage that is full or forbidden costs the memory of this page, never the upload.
      return undefined;
    }
  }

  const left = () =>
    attempt(async (database) => {
      const all = await database.all();
      const over = all.filter(isOver).map(({ id }) => id);
      if (over.length > 0) await database.delete(over);
      const own = all.filter((record) => record.scope === scope && !isOver(record));
      const held = new Set((await navigator.locks.query()).held?.map(({ name }) => name));
      const taken = own
        .filter((record) => record.standing !== 'ready' && !held.has(lockOf(record.page)))
        .sort((one, other) => one.savedAt - other.savedAt)
        .map((record) => ({ ...record, page }));
      await database.put(taken);
      const uploads = [];
      for (const record of taken) {
        const file = await database.file(record.id);
        if (file) keptBytes.set(record.id, record.bytes);
        uploads.push({ ...record, file });
      }
      const isTaken = new Set(taken.map(({ id }) => id));
      const known = own.filter(({ id, standing }) => !isTaken.has(id) && standing !== 'canceled');
      return { uploads, known };
    });

  return {
    takeOver: async () =>
      (opened && (await navigator.locks.request('darkroom-uploads', left))) ?? { uploads: [], known: [] },

    keep: async (uploads, standing) => {
      const savedAt = Date.now();
      const records = uploads.map(({ id, name, bytes, lastModified, begun, isPaused }) => ({
        ...{ id, scope, page, name, bytes, lastModified, savedAt, begun, isPaused, standing },
      }));
      await attempt((database) => database.put(records));
    },

    keepFiles: async (uploads, isWanted) => {
      const { quota = 0 } = (await attempt(async () => navigator.storage?.estimate?.())) ?? {};
      const room = Math.min(mostFileBytes, quota * shareOfQuota);
      for (const upload of uploads) {
        const { id, file, bytes } = upload;
        const kept = [...keptBytes.values()].reduce((sum, one) => sum + one, 0);
        if (!file || !isWanted(upload) || kept + bytes > room) continue;
        keptBytes.set(id, bytes);
        await attempt((database) => database.putFile(id, file));
      }
    },

    dropFile: async (id) => {
      keptBytes.delete(id);
      await attempt((database) => database.deleteFile(id));
    },

    forget: async (ids) => {
      for (const id of ids) keptBytes.delete(id);
      await attempt((database) => database.delete(ids));
    },

    release: () => void attempt(async () => (await lock)?.()),
  };
}

/** Until the page is closed or its process ends, whichever way. @returns what releases it before */
function holdLock(name: string): Promise<() => void> {
  return new Promise((fulfil, reject) => {
    const held = () => new Promise<void>((release) => fulfil(release));
    navigator.locks.request(name, held).catch(reject);
  });
}

function isOver({ standing, savedAt }: Remembered): boolean {
  return Date.now() - savedAt > (standing === 'ready' ? readyDays : unsentDays) * dayMilliseconds;
}
