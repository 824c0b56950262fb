// A stand-in for an imaging process that an attacker has taken over: does what the original tells it to, in the terms of
// the protocol or against them.

import { spawn } from 'node:child_process';
import { readSync } from 'node:fs';
import { Socket } from 'node:net';
import { type Frame, FrameAssembler, sendFrame } from '../../../shared/imaging/isolation/frames.ts';
import { channelDescriptor, originalDescriptor } from '../../../shared/imaging/isolation/protocol.ts';
import { type Deed, scriptSignature } from './deeds.ts';

const channel = new Socket({ fd: channelDescriptor });
const anything = { maxHeadBytes: 1e9, maxBlocks: 10, maxBlockBytes: 1e9 };
const taken: Buffer[] = [];
let answered: (() => void) | undefined;

const assembler = new FrameAssembler(
  () => anything,
  (frame) => {
    if (answered) answered();
    else void perform(deedsIn(frame));
  },
);
channel.on('data', (chunk: Buffer) => assembler.push(chunk));
channel.on('error', () => {});
sendFrame(channel, { kind: 'ready' }, []);
// Unlike an honest one, it stays when its parent is gone.
setInterval(() => {}, 1_000);

/** The script is the first block of a metadata order, or in the file of a render order. */
function deedsIn({ head, blocks: [first] }: Frame): Deed[] {
  const { byteLength } = head as { byteLength: number };
  const file = first ?? Buffer.alloc(byteLength);
  if (first === undefined) readSync(originalDescriptor, file, 0, byteLength, 0);
  return JSON.parse(file.toString().slice(scriptSignature.length)) as Deed[];
}

async function perform(deeds: readonly Deed[]): Promise<void> {
  for (const deed of deeds) await performOne(deed);
}

async function performOne(deed: Deed): Promise<void> {
  if ('head' in deed) {
    const blocks = deed.blocks.map((block) => Buffer.from(block, 'base64'));
    sendFrame(channel, deed.head, blocks);
  } else if ('bytes' in deed) channel.write(Buffer.from(deed.bytes, 'base64'));
  else if ('complain' in deed) process.stderr.write('x'.repeat(deed.complain));
  else if ('wait' in deed) await new Promise((resolve) => setTimeout(resolve, deed.wait));
  else if ('fill' in deed) taken.push(Buffer.alloc(deed.fill * 1e6, 1));
  else if ('ask' in deed) await askForEver(deed.ask);
  else if (deed.do === 'exit') process.exit(3);
  else if (deed.do === 'end') channel.end();
  else if (deed.do === 'destroy') channel.destroy();
  else if (deed.do === 'spawn') {
    const started = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1_000)'], { stdio: 'ignore' });
    process.stderr.write(`started ${started.pid}`);
  } else for (;;);
}

async function askForEver(question: unknown): Promise<never> {
  for (;;) {
    const answer = new Promise<void>((resolve) => {
      answered = resolve;
    });
    sendFrame(channel, question, []);
    await answer;
  }
}
