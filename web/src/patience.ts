// How long somebody who looks on waits for an answer, and what is said when there is none. Uploads wait for a day; people do not.

import { DarkroomError } from '../../client/src/client.ts';
import { strings } from './strings.ts';

export const longestMs = 30_000;

/** Ends what takes too long for people, and what one of the others ends. */
export function inTime(...others: readonly AbortSignal[]): AbortSignal {
  return AbortSignal.any([...others, AbortSignal.timeout(longestMs)]);
}

/** @param otherwise what is said of anything but a refusal: that nobody has answered in time, if not said */
export function sentenceOf(error: unknown, otherwise: string = strings.frame.noAnswer): string {
  return error instanceof DarkroomError ? error.message : otherwise;
}
