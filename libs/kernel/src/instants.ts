const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/** True for a date of the calendar written `YYYY-MM-DD` (RFC 3339, section 5.6): 2026-02-29 is none. */
export function isDate(text: string): boolean {
  const match = DATE.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * Reads an RFC 3339 instant with any offset and writes it in UTC with milliseconds (`2026-03-01T08:00:00.000Z`), so
 * that instants compare as text. Undefined for what is no instant; a leap second is none, since no clock here has one.
 */
export function normalizeInstant(text: string): string | undefined {
  const match = INSTANT.exec(text);
  if (!match || !isDate(match[1] as string)) return undefined;
  const [hours, minutes, seconds] = [Number(match[2]), Number(match[3]), Number(match[4])];
  const [offsetHours, offsetMinutes] = [Number(match[7] ?? 0), Number(match[8] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59 || offsetHours > 23 || offsetMinutes > 59) return undefined;
  const milliseconds = Number((match[5] ?? '0').padEnd(3, '0').slice(0, 3));
  const offset = (match[6] === '-' ? -1 : 1) * (offsetHours * 60 + offsetMinutes) * 60_000;
  const day = Date.parse(`${match[1]}T00:00:00.000Z`);
  const instant = new Date(day + hours * 3_600_000 + minutes * 60_000 + seconds * 1_000 + milliseconds - offset);
  const year = instant.getUTCFullYear();
  return year >= 0 && year <= 9999 ? instant.toISOString() : undefined;
}
