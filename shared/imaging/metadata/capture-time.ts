// When a picture was taken, as far as its file says: a zone is never guessed, an impossible date never repaired.

const exifForm =
  /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?\s*(Z|[+-]\d\d:?\d\d)?$/;

/**
 * ISO 8601, with an offset only where the file states one and the sub-seconds it has.
 * @param dateTime `2020:07:28 19:18:49` as EXIF has it, or ISO as XMP has it
 * @param offset `+03:00`
 * @param subSeconds the digits behind the decimal point
 */
export function captureTime(dateTime: string, offset?: string, subSeconds?: string): string | undefined {
  const match = exifForm.exec(dateTime.trim());
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second = '00', fraction = digits(subSeconds), zone] = match;
  if (!exists([year, month, day, hour, minute, second].map(Number))) return undefined;
  const decimals = fraction === undefined ? '' : `.${fraction.slice(0, 9)}`;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${decimals}${offsetOf(zone) ?? offsetOf(offset) ?? ''}`;
}

/** A date on the calendar, after photography began, and a time on the clock. */
function exists([
  year = 0,
  month = 0,
  day = 0,
  hour = 0,
  minute = 0,
  second = 0,
]: readonly number[]): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isOnCalendar = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1826;
  return isOnCalendar && hour < 24 && minute < 60 && second < 61;
}

function digits(text: string | undefined): string | undefined {
  const match = /^\d+/.exec(text?.trim() ?? '');
  return match?.[0];
}

/** Within the offsets that exist, -12:00 to +14:00. */
function offsetOf(text: string | undefined): string | undefined {
  if (text?.trim() === 'Z') return 'Z';
  const match = /^([+-])(\d\d):?([0-5]\d)$/.exec(text?.trim() ?? '');
  const [, sign, hours = '', minutes = ''] = match ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  const most = sign === '-' ? 12 * 60 : 14 * 60;
  return match === null || total > most ? undefined : `${sign}${hours}:${minutes}`;
}
