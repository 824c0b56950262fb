// Shows how far every file has come: a bar each at a terminal, plain lines anywhere else.

import { formatBytes } from '../terminal/figures.ts';
import { createBars } from '../terminal/progress.ts';
import { shortened } from '../terminal/shortened.ts';

/** How far one file has come. */
export interface FileProgress {
  uploading(sentBytes: number): void;
  processing(isMetadataKnown: boolean): void;
  finished(outcome: string): void;
}

export interface Progress {
  begin(name: string, bytes: number): FileProgress;
  /** Gives the terminal back as it was. */
  close(): void;
}

/** Shares of a whole bar. What takes the longest is not known beforehand: these are what it looks like on a laptop. */
const uploaded = 0.6;
const metadataKnown = 0.75;
const nameColumns = 40;

export function createProgress(output: NodeJS.WriteStream, fileCount: number): Progress {
  // Bars that do not fit the terminal would be drawn again and again instead of updated.
  const isRoomForBars = output.isTTY && fileCount > 0 && fileCount < output.rows - 1;
  return isRoomForBars ? bars(output) : lines(output, fileCount);
}

function bars(output: NodeJS.WriteStream): Progress {
  const { add, stop } = createBars(output);
  return {
    begin(name, bytes) {
      const move = add(name);
      return {
        uploading: (sent) =>
          move((sent / bytes) * uploaded, `uploading ${formatBytes(sent)} of ${formatBytes(bytes)}`),
        processing: (isMetadataKnown) => move(isMetadataKnown ? metadataKnown : uploaded, 'processing'),
        finished: (outcome) => move(1, outcome),
      };
    },
    close: stop,
  };
}

function lines(output: NodeJS.WriteStream, fileCount: number): Progress {
  let begun = 0;
  return {
    begin(name, bytes) {
      begun += 1;
      const prefix = `[${begun}/${fileCount}] ${shortened(name, nameColumns)}`;
      let last = '';
      const write = (stage: string) => {
        if (stage !== last) output.write(`${prefix}: ${stage}\n`);
        last = stage;
      };
      return {
        uploading: () => write(`uploading ${formatBytes(bytes)}`),
        processing: () => write('processing'),
        finished: write,
      };
    },
    close: () => {},
  };
}
