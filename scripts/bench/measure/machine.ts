// What the figures were measured on: the machine, the runtime and the libraries, without anything that names its owner.

import { execFile } from 'node:child_process';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';
import sharp from 'sharp';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly sharp: string;
  readonly libvips: string;
  /** The commit that was measured, with a plus where files differed from it. */
  readonly commit: string;
  /** UTC. */
  readonly measuredAt: string;
}

export async function describeMachine(): Promise<Machine> {
  return {
    processor: `${cpus()[0]?.model.trim() ?? 'unknown'} (${process.arch})`,
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1e9),
    system: `${type()} ${release().replace(/[-+].*/, '')}`,
    node: process.versions.node,
    sharp: sharp.versions.sharp ?? 'unknown',
    libvips: sharp.versions.vips,
    commit: await commit(),
    measuredAt: `${new Date().toISOString().slice(0, 16)}Z`,
  };
}

async function commit(): Promise<string> {
  const git = promisify(execFile);
  try {
    const { stdout: name } = await git('git', ['rev-parse', '--short=10', 'HEAD']);
    const { stdout: changes } = await git('git', ['status', '--porcelain', '--', 'shared', 'functions']);
    return name.trim() + (changes === '' ? '' : '+');
  } catch {
    return 'unknown';
  }
}
