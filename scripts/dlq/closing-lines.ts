// What `npm run dlq` says last: how much there is, and what it could not see. Pure.

import type { DiagnosedMessage } from './dead-letter-message.ts';
import type { Survey } from './survey.ts';

interface Asked {
  readonly place: string;
  readonly maxMessages: number;
  readonly visibilitySeconds: number;
}

/** A DLQ that is not empty means the system; rejections are told apart. It never says that there is nothing while something is in flight. */
export function closingLines(
  selected: readonly DiagnosedMessage[],
  { isComplete, inFlight }: Pick<Survey, 'isComplete' | 'inFlight'>,
  { place, maxMessages, visibilitySeconds }: Asked,
): string[] {
  const dead = selected.filter(({ store }) => store.kind === 'dlq').length;
  const rejected = selected.length - dead;
  return [
    selected.length === 0 && inFlight > 0
      ? `No message of ${place} is visible at the moment.`
      : `${dead} dead letter messages and ${rejected} of rejected files, of ${place}.`,
    ...(inFlight > 0
      ? [
          `${inFlight} more are in flight: somebody is looking at them, or was killed while looking. Look again in ${visibilitySeconds} s.`,
        ]
      : []),
    ...(isComplete ? [] : [`There are more: only ${maxMessages} of a queue were looked at.`]),
  ];
}
