// The environment of an imaging process: nothing but what Node needs in order to start in Lambda, and no credentials.

import type { WorkerConfig } from '../../shared/config.ts';

export function childEnvironment({ LD_LIBRARY_PATH }: WorkerConfig): Record<string, string> {
  return LD_LIBRARY_PATH === undefined ? {} : { LD_LIBRARY_PATH };
}
