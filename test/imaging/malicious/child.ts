// A stand-in for an imaging process that an attacker has taken over: does what the original tells it to, in the terms of
// the protocol or against them.

import { spawn } from 'node:child_process';
import { readSync } from 'node:fs';
import { Socket } from 'node:net';
import { type Frame, FrameAssembler, sendFrame } from '../../../shared/imaging/isolation/frames.ts';
import { channelDescriptor, originalDescriptor } from '../../../shared/imaging/isolation/protocol.ts';
import { type Action, scriptSignature } from './actions.ts';

const channel = new Socket({ fd: channelDescriptor });
const anything = { maxHeadBytes: 1e9, maxBlocks: 10, maxBlockBytes: 1e9 };
const taken: Buffer[] = [];
let answered: (() => void) | undefined;

const assembler = new FrameAssembler(
  () => anything,
  (frame) => {
    if (answered) answered();
    else void perform(actionsIn(frame));
  },
);
channel.on('data', (chunk: Buffer) => assembler.push(chunk));
channel.on('error', () => {});
sendFrame(channel, { kind: 'ready' }, []);
// Unlike an honest one, it stays when its parent is gone.
setInterval(() => {}, 1_000);

/** The script is the first block of a metadata order, or in the file of a render order. */
function actionsIn({ head, blocks: [first] }: Frame): Action[] {
  const { byteLength } = head as { byteLength: number };
  const file = first ?? Buffer.alloc(byteLength);
  if (first === undefined) readSync(originalDescriptor, file, 0, byteLength, 0);
  return JSON.parse(file.toString().slice(scriptSignature.length)) as Action[];
}

async function perform(actions: readonly Action[]): Promise<void> {
  for (const action of actions) await performOne(action);
}

async function performOne(action: Action): Promise<void> {
  if ('head' in action) {
    const blocks = action.blocks.map((block) => Buffer.from(block, 'base64'));
    sendFrame(channel, action.head, blocks);
  } else if ('bytes' in action) channel.write(Buffer.from(action.bytes, 'base64'));
  else if ('complain' in action) process.stderr.write('x'.repeat(action.complain));
  else if ('wait' in action) await new Promise((resolve) => setTimeout(resolve, action.wait));
  else if ('fill' in action) taken.push(Buffer.alloc(action.fill * 1e6, 1));
  else if ('ask' in action) await askForEver(action.ask);
  else if (action.do === 'exit') process.exit(3);
  else if (action.do === 'end') channel.end();
  else if (action.do === 'destroy') channel.destroy();
  else if (action.do === 'spawn') {
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
