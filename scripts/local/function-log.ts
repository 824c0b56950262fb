// The log of the functions: a file of JSON lines in the data folder, as CloudWatch keeps it of deployed ones. The terminal has
// only what is an error, unless it is to have all.
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One line: what a logger of a function writes, or the laptop about an invocation. */
export interface LogLine {
  readonly timestamp: string;
  readonly level: string;
  readonly message: string;
  readonly [key: string]: unknown;
}

export interface FunctionLog {
  readonly file: string;
  /** Adds a line of the laptop's own. It is in the file when this returns, whatever is killed then. */
  add(message: string, details: Readonly<Record<string, unknown>>): void;
  /** Takes what is written to the stream and is a line of a log; lets everything else pass. */
  divert(stream: Pick<NodeJS.WriteStream, 'write'>, isVerbose: boolean): void;
  close(): void;
}

/** Beyond it, the file becomes the one before, and a new one is begun. */
const maxBytes = 50_000_000;
const loud = new Set(['ERROR', 'CRITICAL']);

/** Where a data folder has the log, and where the one before. */
export function logFiles(dataDir: string): { readonly current: string; readonly before: string } {
  return {
    current: join(dataDir, 'log', 'functions.jsonl'),
    before: join(dataDir, 'log', 'functions.1.jsonl'),
  };
}

export function openFunctionLog(dataDir: string): FunctionLog {
  const { current: file, before } = logFiles(dataDir);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let opened = openSync(file, 'a', 0o600);
  let bytes = fstatSync(opened).size;

  function append(line: string): void {
    if (bytes > maxBytes) {
      closeSync(opened);
      if (existsSync(file)) renameSync(file, before);
      opened = openSync(file, 'a', 0o600);
      bytes = 0;
    }
    bytes += writeSync(opened, `${line}\n`);
  }

  return {
    file,
    add(message, details) {
      append(JSON.stringify({ timestamp: new Date().toISOString(), level: 'INFO', message, ...details }));
    },
    divert(stream, isVerbose) {
      const write = stream.write.bind(stream);
      let unfinished = '';
      const take = (line: string) => {
        const read = logLineIn(line);
        if (read) append(line);
        if (read === undefined || isVerbose) write(`${line}\n`);
        else if (loud.has(read.level)) write(`${read.level} ${read.message}: see ${file}\n`);
      };
      stream.write = (chunk: string | Uint8Array, ...rest: never[]) => {
        const text = unfinished + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
        if (!text.startsWith('{')) {
          unfinished = '';
          return write(text, ...rest);
        }
        const lines = text.split('\n');
        unfinished = lines.pop() ?? '';
        for (const line of lines) take(line);
        return true;
      };
    },
    close: () => closeSync(opened),
  };
}

/** Undefined for what is no line of a log. */
export function logLineIn(text: string): LogLine | undefined {
  try {
    const line = JSON.parse(text) as Partial<LogLine>;
    return typeof line.level === 'string' && typeof line.message === 'string' ? (line as LogLine) : undefined;
  } catch {
    return undefined;
  }
}
