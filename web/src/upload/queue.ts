// The uploads of this page, and what a person does with them: each is on its way, paused, ready, or stopped with a reason.

import {
  type BegunUpload,
  type Darkroom,
  UploadPaused,
  type UploadRequest,
} from '../../../client/src/client.ts';
import { emptyFile, noPicture } from './failure.ts';
import { createMatches } from './matches.ts';
import { createMemory } from './memory.ts';
import { mayBePicture } from './pictures.ts';
import type { QueueEvents } from './queue-events.ts';
import { createRuns } from './runs.ts';
import { enter, enterFile, isOver, isSent, isUnderWay, stateOf, type Upload } from './upload.ts';

export interface Queue {
  readonly uploads: readonly Upload[];
  /** A file that is there already goes on where it stood. */
  add(files: readonly File[]): void;
  pause(uploads: readonly Upload[]): void;
  /** Goes on with what is paused, and tries again what has failed. */
  goOn(uploads: readonly Upload[]): void;
  /** Takes them off the list, and deletes what was begun of those that are not ready. */
  remove(uploads: readonly Upload[]): void;
  /** Stops all of it. The next queue of the same account goes on. */
  close(): void;
}

const filesAtATime = 100;

/** @param scope of which API and whose account */
export function createQueue(darkroom: Darkroom, scope: string, events: QueueEvents): Queue {
  const memory = createMemory(scope);
  const matches = createMatches();
  let uploads: readonly Upload[] = [];
  let isClosed = false;

  function takeOff(upload: Upload): void {
    upload.stop.abort(new UploadPaused());
    uploads = uploads.filter((other) => other !== upload);
  }

  /** Of one content there is one upload: the other ends here, or hands over what was begun. */
  function find(upload: Upload, request: UploadRequest): BegunUpload | undefined {
    upload.checksum = request.checksumSha256;
    const twin = matches.twinOf(upload.checksum, uploads, upload);
    if (twin === undefined) return matches.begunFor(request, upload);
    const isOnItsWay = isUnderWay(twin) || twin.phase === 'developing';
    const keepsOwn = !isOnItsWay && stateOf(twin) !== 'paused';
    if (keepsOwn) {
      takeOff(twin);
      upload.begun = twin.begun;
      // Not before it is written down elsewhere: at every moment something is known of an image that was begun.
      void memory.keep([upload], 'unsent').then(() => memory.forget([twin.id]));
      return twin.begun;
    }
    takeOff(upload);
    void memory.forget([upload.id]);
    // It may turn out that what was sent is not kept.
    twin.file ??= upload.file;
    if (!isOnItsWay) start(twin);
    return undefined;
  }

  const runs = createRuns(darkroom, memory, events, { find, onReady: (upload) => matches.remember(upload) });

  function start(upload: Upload): void {
    upload.stop.abort(new UploadPaused());
    Object.assign(upload, { stop: new AbortController(), failure: undefined, isPaused: false });
    if (!isSent(upload.phase)) Object.assign(upload, { phase: 'waiting', fraction: 0, sentBytes: 0 });
    begin(upload);
  }

  function begin(upload: Upload): void {
    if (upload.bytes === 0) runs.fail(upload, emptyFile());
    else if (upload.file && !mayBePicture(upload.file)) runs.fail(upload, noPicture());
    else runs.start(upload);
  }

  /** Goes on with what closed pages left. */
  async function takeOver(): Promise<void> {
    const { uploads: left, known } = await memory.takeOver();
    if (isClosed) return;
    matches.remember(...known);
    const canceled = left.filter(({ standing }) => standing === 'canceled');
    for (const { id, begun } of canceled) void runs.abandon(id, begun);
    const taken = left
      .filter(({ standing }) => standing !== 'canceled')
      .map(({ standing, page: _page, scope: _scope, savedAt: _savedAt, ...one }) =>
        enter({
          ...one,
          ...(standing === 'sent'
            ? { phase: 'developing', fraction: 0.8 }
            : { phase: 'waiting', fraction: 0 }),
        }),
      );
    uploads = [...taken, ...uploads];
    for (const upload of taken) if (!upload.isPaused || isSent(upload.phase)) runs.start(upload);
    events.onChange();
  }

  /** A thousand files are some tasks of the browser’s, not one that it cannot answer in. */
  async function addInSlices(files: readonly File[]): Promise<void> {
    const belongsTo = matches.among(uploads);
    const added: Upload[] = [];
    let kept: Promise<void> | undefined;
    for (let from = 0; from < files.length; from += filesAtATime) {
      if (from > 0) await nextTask();
      if (isClosed) return;
      const some = add(files.slice(from, from + filesAtATime), belongsTo);
      kept = memory.keep(some.filter(isUnsent), 'unsent');
      added.push(...some);
    }
    void kept?.then(() => memory.keepFiles(added, isUnsent));
  }

  /** @returns what is new on the list */
  function add(files: readonly File[], belongsTo: ReturnType<typeof matches.among>): readonly Upload[] {
    const added: Upload[] = [];
    const replaced = new Set<Upload>();
    for (const file of files) {
      const known = belongsTo(file).filter((upload) => uploads.includes(upload));
      if (known.every(({ phase }) => phase === 'ready'))
        added.push(enterFile(file, matches.readyBefore(file)));
      for (const upload of known) {
        // It may have been deleted meanwhile: it is looked at anew.
        if (upload.phase === 'ready') replaced.add(upload);
        else if (isSent(upload.phase)) upload.file ??= file;
        else if (!isUnderWay(upload)) start(Object.assign(upload, { file }));
      }
    }
    uploads = [...uploads.filter((upload) => !replaced.has(upload)), ...added];
    for (const upload of added) begin(upload);
    events.onChange();
    return added;
  }

  let adding = takeOver().catch(() => {});

  return {
    get uploads() {
      return uploads;
    },

    // What closed pages left may be the same files, and so may what is being added.
    add: (files) => {
      adding = adding.then(() => addInSlices(files));
    },

    pause: (chosen) => {
      const pausable = chosen.filter(isUnderWay);
      for (const upload of pausable) {
        Object.assign(upload, { isPaused: true, wait: undefined, sentBytes: 0 });
        upload.stop.abort(new UploadPaused());
      }
      void memory.keep(pausable, 'unsent');
      events.onChange();
    },

    goOn: (chosen) => {
      const startable = chosen.filter((upload) => ['paused', 'failed'].includes(stateOf(upload)));
      for (const upload of startable) start(upload);
      void memory.keep(startable, 'unsent');
      events.onChange();
    },

    remove: (chosen) => {
      const removed = new Set(chosen);
      uploads = uploads.filter((upload) => !removed.has(upload));
      for (const upload of chosen) {
        upload.stop.abort(new Error('The upload was canceled.'));
        if (!isOver(upload)) void runs.cancel(upload);
        else if (upload.failure) void memory.forget([upload.id]);
      }
      events.onChange();
    },

    close: () => {
      isClosed = true;
      for (const { stop } of uploads) stop.abort(new UploadPaused());
      memory.release();
    },
  };
}

const nextTask = () => new Promise<void>((fulfil) => setTimeout(fulfil));
const isUnsent = (upload: Upload) => !isOver(upload) && !isSent(upload.phase);
