// The imaging processes that a test has running, as Linux tells of them.

import { readdirSync, readFileSync } from 'node:fs';

/** Process ids of this process's children; none where the system does not say. */
export function childIds(): number[] {
  try {
    const tasks = `/proc/${process.pid}/task`;
    const lists = readdirSync(tasks).map((task) => readFileSync(`${tasks}/${task}/children`, 'utf8'));
    return lists
      .flatMap((list) => list.trim().split(' '))
      .filter((id) => id !== '')
      .map(Number);
  } catch {
    return [];
  }
}

/** The most memory that any child has ever held, in MB. */
export function peakChildMegabytes(): number {
  const peaks = childIds().map((id) => {
    try {
      const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1];
      return Number(peak ?? 0) / 1000;
    } catch {
      return 0;
    }
  });
  return Math.max(0, ...peaks);
}
