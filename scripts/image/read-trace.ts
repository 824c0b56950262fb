// One image's lines of the log, wherever its stage keeps it, and the timeline that they make.

import type { LogLine } from '../local/function-log.ts';
import type { Stage } from '../operations/stage.ts';
import type { Gathered } from './gather.ts';
import { insightsLines } from './insights-lines.ts';
import { laptopLines } from './laptop-lines.ts';
import { type Entry, timelineOf } from './timeline.ts';
import { messageIdsOf } from './trace.ts';

export interface Trace {
  readonly lines: readonly LogLine[];
  readonly timeline: readonly Entry[];
}

export interface Where {
  /** The laptop's data folder, which has its log. */
  readonly dataDir: string;
  /** How far to look back in CloudWatch, in milliseconds. */
  readonly since: number;
}

/** @throws {OperatorError} when a deployed stage has no logs, or a query of them fails */
export async function readTrace(
  stage: Stage,
  gathered: Gathered,
  { dataDir, since }: Where,
  now: Date,
): Promise<Trace> {
  const { imageId } = gathered.record;
  const messageIds = messageIdsOf(gathered);
  const lines = stage.isEmulated
    ? await laptopLines(dataDir, imageId, messageIds)
    : await insightsLines(stage.clients.logs, `/aws/lambda/darkroom-${stage.name}-`, imageId, messageIds, {
        from: now.getTime() - since,
        until: now.getTime(),
      });
  return { lines, timeline: timelineOf(lines) };
}
