import { BOUNDS } from '../base/bounds';

/** Returns `Retry-After` in seconds, whether it was sent as seconds or as a date (RFC 9110, 10.2.3). */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.length > BOUNDS.header) return undefined;
  if (/^\s*\d{1,15}\s*$/.test(header)) return Number(header);
  const date = /[a-z]{3}/i.test(header) && /\d:\d\d/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
