// What the functions really ask of AWS is what recorded/calls.ndjson says: the rules of who may do what are held against it.
// `npx vitest run test/infrastructure/recorded-calls.test.ts --update` writes it anew.
import { beforeAll, expect, it, vi } from 'vitest';
import type * as clientFactories from '../../shared/aws/clients.ts';
import { toRecordedFile, unknownTableCalls } from './recorded/file.ts';
import { Recorder } from './recorded/recorder.ts';
import { actOut } from './recorded/scenario.ts';
import { startFunctions } from './recorded/stage-functions.ts';
import { recordTableCalls } from './recorded/table.ts';
import { startWorkers } from './recorded/workers.ts';

const recorder = vi.hoisted(() => ({ current: undefined as Recorder | undefined }));

/** The clients are the product's own: they are watched, and nothing else. */
vi.mock('../../shared/aws/clients.ts', async (original) => {
  const clients = await original<typeof clientFactories>();
  const watched = Object.entries(clients).map(([name, make]) => [
    name,
    // biome-ignore lint/suspicious/noExplicitAny: the clients share no type
    () => recorder.current?.watch((make as () => any)()),
  ]);
  return Object.fromEntries(watched);
});

let file: string;
let unknown: unknown[];

beforeAll(async () => {
  recorder.current = new Recorder();
  const functions = await startFunctions(recorder.current);
  try {
    const workers = startWorkers(recorder.current, functions);
    await actOut(recorder.current, functions, workers);
    workers.turnRound();
    await actOut(recorder.current, functions, workers);
    const calls = recorder.current.calls.filter(({ by }) => by !== 'the test');
    const tableCalls = await recordTableCalls();
    file = toRecordedFile(calls, tableCalls, functions.cloud);
    unknown = unknownTableCalls(calls, tableCalls);
  } finally {
    await functions.stop();
  }
}, 120_000);

it('is what the functions ask of AWS', async () => {
  await expect(file).toMatchFileSnapshot('./recorded/calls.ndjson');
});

it('asks the images table for nothing that is not known of each function', () => {
  expect(unknown).toEqual([]);
});
