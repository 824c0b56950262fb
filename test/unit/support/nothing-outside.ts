// Keeps fast tests fast: one that opens a port, connects to one or starts a program fails and says where it belongs.

import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

function refuse(what: string) {
  return () => {
    throw new Error(`A test in test/unit/ ${what}: give it another room, by what it needs.`);
  };
}

const startsProgram = refuse('starts a program');

Object.assign(net.Server.prototype, { listen: refuse('opens a port') });
Object.assign(net.Socket.prototype, { connect: refuse('connects to something') });
Object.assign(childProcess.ChildProcess.prototype, { spawn: startsProgram });
Object.assign(childProcess, {
  ...{ spawnSync: startsProgram, execSync: startsProgram, execFileSync: startsProgram },
});
syncBuiltinESMExports();
