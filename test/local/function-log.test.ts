// The log of the functions: what they write goes to a file, and the terminal keeps what is an error.
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FunctionLog, openFunctionLog } from '../../scripts/local/function-log.ts';
import { makeFolder } from './support/engines.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;
let log: FunctionLog;

beforeEach(async () => {
  folder = await makeFolder();
  log = openFunctionLog(folder.path);
});

afterEach(async () => {
  log.close();
  await folder.remove();
});

/** A stream that remembers what comes through. */
function terminal(isVerbose = false) {
  const printed: string[] = [];
  const stream = { write: (text: string | Uint8Array) => printed.push(String(text)) > 0 };
  log.divert(stream as never, isVerbose);
  return { stream, text: () => printed.join('') };
}

const line = (level: string, message = 'image handled') => JSON.stringify({ level, message, imageId: '1' });
const kept = async () => (await readFile(log.file, 'utf8')).split('\n').filter(Boolean);

test('takes lines of a log from the terminal, and lets everything else pass', async () => {
  const { stream, text } = terminal();

  stream.write(`${line('INFO')}\n`);
  stream.write('Darkroom is ready\n');
  stream.write('{"this": "is no line of a log"}\n');

  expect(await kept()).toEqual([line('INFO')]);
  expect(text()).toBe('Darkroom is ready\n{"this": "is no line of a log"}\n');
});

test('says of an error where it is, in one line', async () => {
  const { stream, text } = terminal();

  stream.write(`${line('ERROR', 'unexpected failure, will retry')}\n`);

  expect(text()).toBe(`ERROR unexpected failure, will retry: see ${log.file}\n`);
  expect(await kept()).toHaveLength(1);
});

test('puts lines together that come in parts, and takes apart those that come at once', async () => {
  const { stream, text } = terminal();
  const [one, two] = [line('INFO', 'one'), line('INFO', 'two')];

  stream.write(Buffer.from(one.slice(0, 9)));
  stream.write(`${one.slice(9)}\n${two}\n`);

  expect(await kept()).toEqual([one, two]);
  expect(text()).toBe('');
});

test('has the terminal show all when it is to', async () => {
  const { stream, text } = terminal(true);

  stream.write(`${line('INFO')}\n`);

  expect(text()).toBe(`${line('INFO')}\n`);
  expect(await kept()).toEqual([line('INFO')]);
});

test('has lines of the laptop’s own, at once', async () => {
  log.add('message received', { messageId: 'one', attempt: 2 });

  expect(JSON.parse((await kept())[0] ?? '')).toMatchObject({
    ...{ level: 'INFO', message: 'message received', messageId: 'one', attempt: 2 },
    timestamp: expect.stringMatching(/Z$/),
  });
});
