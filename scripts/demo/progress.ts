// Shows how far every file has come: a bar each at a terminal, plain lines anywhere else.

import { MultiBar } from 'cli-progress';
import { formatBytes } from './units.ts';

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

/** Of a whole bar. What takes the longest is not known beforehand: these are what it looks like on a laptop. */
const uploaded = 60;
const metadataKnown = 75;
const finished = 100;
const nameColumns = 28;

export function createProgress(output: NodeJS.WriteStream, fileCount: number): Progress {
  // Bars that do not fit the terminal would be drawn again and again instead of updated.
  const isRoomForBars = output.isTTY && fileCount > 0 && fileCount < output.rows - 1;
  return isRoomForBars ? bars(output) : lines(output, fileCount);
}

function bars(output: NodeJS.WriteStream): Progress {
  const multiBar = new MultiBar({
    format: `{name} {bar} {percentage}% {stage}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    linewrap: false,
    gracefulExit: false,
    stream: output,
    formatValue: (value, _options, type) =>
      type === 'percentage' ? String(value).padStart(3) : String(value),
  });
  return {
    begin(name, bytes) {
      const bar = multiBar.create(finished, 0, {
        name: fitted(name, nameColumns),
        stage: 'waiting',
      });
      return {
        uploading: (sent) =>
          bar.update((sent / bytes) * uploaded, {
            stage: `uploading ${formatBytes(sent)} of ${formatBytes(bytes)}`,
          }),
        processing: (isMetadataKnown) =>
          bar.update(isMetadataKnown ? metadataKnown : uploaded, { stage: 'processing' }),
        finished: (outcome) => bar.update(finished, { stage: outcome }),
      };
    },
    close: () => multiBar.stop(),
  };
}

function lines(output: NodeJS.WriteStream, fileCount: number): Progress {
  let begun = 0;
  return {
    begin(name, bytes) {
      begun += 1;
      const prefix = `[${begun}/${fileCount}] ${name}`;
      let told = '';
      const tell = (stage: string) => {
        if (stage !== told) output.write(`${prefix}: ${stage}\n`);
        told = stage;
      };
      return {
        uploading: () => tell(`uploading ${formatBytes(bytes)}`),
        processing: () => tell('processing'),
        finished: tell,
      };
    },
    close: () => {},
  };
}

function fitted(name: string, columns: number): string {
  return name.length > columns ? `${name.slice(0, columns - 1)}…` : name.padEnd(columns);
}
