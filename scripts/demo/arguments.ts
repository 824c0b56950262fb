// The command line of the demo, and the one place where it reads the environment.

import { parseArgs } from 'node:util';

export interface DemoArguments {
  /** Files and folders as given; none for the samples. */
  readonly paths: readonly string[];
  /** Without a slash at its end. */
  readonly api: string;
  /** How many files are on their way at the same time. */
  readonly concurrency: number;
  readonly waitSeconds: number;
  /** Write a sample photo here and end. */
  readonly samplePath?: string;
  readonly help: boolean;
}

/** A command line that makes no sense; its message is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `Uploads photos through the API, as any client would, and saves what comes back to ./demo-out/.

  npm run demo -- [FILE|FOLDER…]

Without a file or folder it uploads sample photos that it makes itself.

  --api URL            where the API is (http://127.0.0.1:$DARKROOM_API_PORT, or port 3000)
  --concurrency N      files on their way at the same time (4)
  --wait SECONDS       how long to wait for one image (300)
  --write-sample FILE  write a sample photo (JPEG, 12 megapixels) to FILE and end
  --help               this text

The exit code is 0 when every file is ready, and 1 otherwise.
`;

/** @throws {UsageError} */
export function readArguments(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): DemoArguments {
  const { values, positionals } = parse(args);
  const port = environment['DARKROOM_API_PORT'] || '3000';
  const { 'write-sample': samplePath } = values;
  return {
    paths: positionals,
    api: httpUrl(values.api ?? `http://127.0.0.1:${port}`),
    concurrency: positiveWholeNumber('--concurrency', values.concurrency ?? '4'),
    waitSeconds: positiveWholeNumber('--wait', values.wait ?? '300'),
    ...(samplePath !== undefined && { samplePath }),
    help: values.help ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        api: { type: 'string' },
        concurrency: { type: 'string' },
        wait: { type: 'string' },
        'write-sample': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nSee: npm run demo -- --help`);
  }
}

function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new UsageError(`--api takes an http or https URL, not "${text}".`);
  }
  return url.href.replace(/\/+$/, '');
}

function positiveWholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new UsageError(`${option} takes a whole number above 0, not "${text}".`);
  return Number(text);
}
