// dynalite 4.0.0 throws where nobody can catch it when its LevelDB fails, which would end the whole process, and LevelDB
// itself must not write on after a torn write. Both are patched here, the only file that knows their insides.
import { statfsSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type Dynalite from 'dynalite';
import { diskFullLine, isDiskFull } from '../disk-full.ts';
import { actions } from './actions.ts';

type Callback = (error: unknown, value?: unknown) => void;
type Write = (...call: unknown[]) => Promise<void>;
type Action = (store: unknown, data: unknown, callback: Callback) => void;

interface Level extends Record<'put' | 'del' | 'batch', Write> {
  open(): Promise<void>;
  /** Waits for what is under way. */
  close: { (callback: Callback): void; _original(): Promise<void> };
}

// What LevelDB writes when it opens: the log of the last run as a table, at most a write buffer of 4 MB.
const reopenBytes = 8 * 1024 * 1024;
const require = createRequire(import.meta.url);

export interface DynaliteServer {
  /** Listens nowhere: it would answer every page, without a signature. */
  readonly server: Server;
  close(): Promise<void>;
}

/** A server over the LevelDB store in a folder. @param warn told, by a line, why writes fail */
export function openDynalite(path: string, warn: (line: string) => void): DynaliteServer {
  for (const name of actions.dynamodb) {
    const file = require.resolve(`dynalite/actions/${name.charAt(0).toLowerCase()}${name.slice(1)}`);
    require(file);
    const module = require.cache[file] as { exports: Action };
    module.exports = answeringErrors(module.exports);
  }
  const stores = require('dynalite/db') as { create(options: unknown): { db: Level } };
  const { create } = stores;
  let level: Level | undefined;
  stores.create = (options) => {
    const store = create(options);
    level = store.db;
    guardWrites(store.db, path, warn);
    return store;
  };
  const dynalite = require('dynalite') as typeof Dynalite;
  const server = dynalite({ path, createTableMs: 1, updateTableMs: 1, deleteTableMs: 1 });
  stores.create = create;
  return {
    server,
    close: () => new Promise((fulfil, reject) => level?.close((error) => (error ? reject(error) : fulfil()))),
  };
}

// What has a status is answered; all else dynalite throws from within a callback.
function answeringErrors(action: Action): Action {
  return (store, data, callback) =>
    action(store, data, (error, value) => {
      if (error instanceof Error && !('statusCode' in error)) {
        const message = isDiskFull(error) ? 'The disk is full.' : error.message;
        const body = { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message };
        return callback(Object.assign(error, { statusCode: 500, body }));
      }
      return callback(error, value);
    });
}

/**
 * Lets one write happen at a time, and none after one that failed until the store was opened anew: LevelDB goes on
 * behind a record that is torn, and at its next start throws away what follows it.
 */
function guardWrites(level: Level, path: string, warn: (line: string) => void): void {
  let last: Promise<void> = Promise.resolve();
  let failure: unknown;
  const attempt = async (write: () => Promise<void>): Promise<void> => {
    if (failure !== undefined) await reopen();
    await write();
  };
  const reopen = async (): Promise<void> => {
    const { bavail, bsize } = statfsSync(path);
    if (isDiskFull(failure) && bavail * bsize < reopenBytes) throw failure;
    await level.close._original();
    await level.open();
    failure = undefined;
  };
  for (const name of ['put', 'del', 'batch'] as const) {
    const write = level[name].bind(level);
    level[name] = async (...call) => {
      const callback = call.pop() as Callback;
      last = last
        .then(() => attempt(() => write(...call)))
        .then(
          () => void setImmediate(callback, null),
          (error) => {
            failure = error;
            warn(isDiskFull(error) ? diskFullLine(path) : `DynamoDB cannot write: ${error}`);
            setImmediate(callback, error);
          },
        );
      await last;
    };
  }
}
