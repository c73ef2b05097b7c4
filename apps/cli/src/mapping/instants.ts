import { Temporal } from '@js-temporal/polyfill';
import { isDate, normalizeInstant } from '@sillage/kernel';

const LOCAL = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?)?$/;

/**
 * Reads a date (its first moment), a date and time of day, or an RFC 3339 instant, and writes it in UTC with
 * milliseconds. A time that a zone skips or has twice (daylight saving) is read as RFC 5545 does.
 *
 * @param timeZone IANA name of the zone that a text without an offset is in
 * @returns undefined for anything else
 */
export function instantIn(text: string, timeZone: string): string | undefined {
  const local = LOCAL.exec(text);
  if (local === null) return normalizeInstant(text);
  const [, date = '', minutes = '00:00', seconds = ':00'] = local;
  const inUtc = normalizeInstant(`${date}T${minutes}${seconds}Z`);
  if (timeZone === 'UTC' || inUtc === undefined || !isDate(date)) return inUtc;
  const there = Temporal.PlainDateTime.from(`${date}T${minutes}${seconds}`).toZonedDateTime(timeZone);
  return new Date(there.epochMilliseconds).toISOString();
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
