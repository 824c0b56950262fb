// A process as a worker's: it holds a secret, closes itself, starts a process for hostile bytes and gives it the attacker's
// program. Prints how the attempts ended. With `native`, Node's own rules are left out: what then still holds, holds
// native code as well.

import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Start, startConfined } from '../../shared/imaging/isolation/child-launch.ts';
import { closeParent } from '../../shared/imaging/isolation/closed-parent.ts';
import { FrameAssembler, sendFrame } from '../../shared/imaging/isolation/frames.ts';
import { OriginalFile } from '../../shared/imaging/isolation/original-file.ts';
import { channelDescriptor } from '../../shared/imaging/isolation/protocol.ts';
import type { Targets } from './attempts.ts';

const nodesRules = /^--(permission|allow-|disallow-|disable-)/;
const withoutNodesRules: Start = (file, args, options) =>
  spawn(
    file,
    args.filter((arg) => !nodesRules.test(arg)),
    options,
  );

closeParent();
const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1', () => {
  const file = join(tmpdir(), `attacked-${process.pid}`);
  writeFileSync(file, '');
  const original = new OriginalFile();
  original.write(Buffer.from('original'));
  const child = startConfined(
    {
      program: { entry: new URL('./attacker-process.ts', import.meta.url), decodes: true },
      environment: {},
      memoryCeilingBytes: 700e6,
    },
    original.descriptor,
    process.argv[2] === 'native' ? withoutNodesRules : undefined,
  );
  child.stderr?.pipe(process.stderr);
  const channel = child.stdio[channelDescriptor] as Socket;
  const { port } = server.address() as AddressInfo;
  const targets: Targets = {
    secret: process.env['AWS_SECRET_ACCESS_KEY'] ?? '',
    file,
    port,
    debuggerPort: process.debugPort,
  };
  const limits = { maxHeadBytes: 65_536, maxBlocks: 0, maxBlockBytes: 0 };
  const assembler = new FrameAssembler(
    () => limits,
    ({ head }) => {
      if ((head as { kind?: string }).kind === 'ready') return sendFrame(channel, targets, []);
      process.stdout.write(JSON.stringify(head), () => process.exit());
    },
  );
  channel.on('data', (chunk: Buffer) => assembler.push(chunk));
});
