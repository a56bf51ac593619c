/**
 * A moment as a string that sorts by time, to the last digit of a second that was written: `2025-01-22T01:18:43.986000000`.
 * Undefined for text that is not an ISO 8601 time with a zone.
 */
export function sortableTime(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const [, local, fraction = '', zone] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/i.exec(text) ?? [];
  if (local === undefined || zone === undefined) return undefined;
  const milliseconds = Date.parse(`${local}${zone}`);
  if (Number.isNaN(milliseconds)) return undefined;
  return `${new Date(milliseconds).toISOString().slice(0, 19)}.${fraction.padEnd(9, '0')}`;
}
