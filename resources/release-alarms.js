// The alarms that a release is taken back by, and that wake nobody: they look at one minute, because a release takes ten, and a
// release that is taken back for an accident costs its repetition. resources/alarm-table.js has what wakes.
import { ofAlias, ofApi, ofWorker } from './metrics.js';

/** Through which everything invokes a function: resources/release.js */
export const alias = 'live';

const ofAMinute = { seconds: 60, in: 1, of: 1, silence: 'notBreaching', rollsBack: true, wakes: false };

/** None where nothing is released gradually. */
export function releaseAlarms({ prefix, stage, workers, released, maxMetrics }) {
  if (released.length === 0) return [];
  return [
    ...released
      .filter((_name, index) => index % maxMetrics === 0)
      .map((_first, group) => ({
        name: group === 0 ? 'release-errors' : `release-errors-${group + 1}`,
        entry: 'release-errors',
        says: 'A function crashed, ran out of time or could not start.',
        metrics: Object.fromEntries(
          released
            .slice(group * maxMetrics, (group + 1) * maxMetrics)
            .map((name) => [name, [ofAlias(prefix, name, alias, 'Errors'), 'Sum']]),
        ),
        expression: 'SUM(METRICS())',
        above: 0,
        ...ofAMinute,
      })),
    {
      name: 'release-5xx',
      says: 'Three requests in a minute were answered with a server error.',
      metric: [ofApi('5xx'), 'Sum'],
      above: 2,
      ...ofAMinute,
    },
    {
      name: 'release-retries',
      says: 'Three attempts in a minute at images failed by the system.',
      metrics: Object.fromEntries(
        workers.flatMap((worker) =>
          ['Retried', 'Failed'].map((ending) => [
            `${worker}${ending}`,
            [ofWorker(stage, worker, `Units${ending}`), 'Sum'],
          ]),
        ),
      ),
      expression: 'SUM(METRICS())',
      above: 2,
      ...ofAMinute,
    },
  ];
}
