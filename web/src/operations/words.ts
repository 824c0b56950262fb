// Times and durations as people say them.

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
const days = 24 * hours;

/** As `340 ms`, `2.4 s`, `12 min`. */
export function durationOf(milliseconds: number): string {
  if (milliseconds < seconds) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 10 * seconds) return `${(milliseconds / seconds).toFixed(1)} s`;
  if (milliseconds < minutes) return `${Math.round(milliseconds / seconds)} s`;
  if (milliseconds < hours) return `${Math.floor(milliseconds / minutes)} min`;
  return milliseconds < days
    ? `${Math.floor(milliseconds / hours)} h`
    : `${Math.floor(milliseconds / days)} d`;
}

const clock = new Intl.DateTimeFormat('en', {
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' },
});
const calendar = new Intl.DateTimeFormat('en', { dateStyle: 'long' });

/** @param at milliseconds since the epoch */
export const timeOf = (at: number): string => clock.format(at);
export const dateOf = (at: number): string => calendar.format(at);
