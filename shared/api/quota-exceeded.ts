// The answer to whoever wants more than a quota allows. Pure.

import { type Quota, type QuotaLimits, secondsUntilRoom, type Usage } from '../domain/quota.ts';
import { Problem } from './problem.ts';

const things: Readonly<Record<Quota, string>> = {
  openUploads: 'uploads whose work has not ended',
  images: 'images',
  bytes: 'bytes of originals',
  rejectedPerHour: 'files rejected within the hour',
};

const advice: Readonly<Record<Quota, string>> = {
  openUploads: 'Upload what you asked to upload, or wait until it expires.',
  images: 'Delete images that are not needed.',
  bytes: 'Delete images that are not needed.',
  rejectedPerHour: 'Look at what was wrong with them, and wait for the next hour.',
};

/** Says which quota it is, how much of it is used, and when it makes sense to ask again. */
export function quotaExceeded(quota: Quota, used: Usage, limits: QuotaLimits, now: Date): Problem {
  const detail = `${used[quota]} of ${limits[quota]} ${things[quota]}: there is no room for this one. ${advice[quota]}`;
  return new Problem('quota-exceeded', detail, [], { 'retry-after': String(secondsUntilRoom(quota, now)) });
}
