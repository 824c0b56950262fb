// CPU time of this process and of all it has started, living or ended: what a contender costs wherever it works.

import { readFileSync } from 'node:fs';

/** Ticks of `/proc` are hundredths of a second on every Linux that Node runs on. */
const millisecondsPerTick = 10;

interface ProcessTicks {
  /** User and system time of the process itself. */
  readonly own: number;
  /** Of the children it has waited for. */
  readonly ended: number;
}

/** Milliseconds of user and system time so far. Living children count in steps of 10 ms. */
export function treeCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + childrenCpuMs();
}

/** The same without this process itself. */
export function childrenCpuMs(): number {
  const ended = ticksOf(process.pid)?.ended ?? 0;
  return (ended + livingTicks(process.pid)) * millisecondsPerTick;
}

/** Process IDs of the children that live now. */
export function childrenOf(pid: number): number[] {
  try {
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1');
    return list.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Milliseconds of user and system time of a living process and all it has started; 0 once it has ended. */
export function processCpuMs(pid: number): number {
  const ticks = ticksOf(pid);
  return ticks === undefined ? 0 : (ticks.own + ticks.ended + livingTicks(pid)) * millisecondsPerTick;
}

function livingTicks(pid: number): number {
  return childrenOf(pid).reduce((sum, child) => {
    const ticks = ticksOf(child);
    return ticks === undefined ? sum : sum + ticks.own + ticks.ended + livingTicks(child);
  }, 0);
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: utime, stime, cutime, cstime follow the name in brackets. */
function ticksOf(pid: number): ProcessTicks | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15).map(Number);
    return { own: utime + stime, ended: cutime + cstime };
  } catch {
    return undefined;
  }
}
