import { PluginError } from '../base/errors';
import { quoted } from '../base/sanitize';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The kind of a response, which sets its time to live: a reputation by verdict, a CVE, a list, any other record, or "not found". */
export type ResponseKind =
  | 'malicious'
  | 'suspicious'
  | 'neutral'
  | 'unknown'
  | 'cve'
  | 'record'
  | 'list'
  | 'not-found';

/** Times to live in milliseconds; a day or less for responses that may change soon or cause harm when outdated. */
export const TIMES_TO_LIVE: Readonly<Record<ResponseKind, number>> = {
  malicious: DAY,
  suspicious: DAY,
  neutral: 7 * DAY,
  unknown: 7 * DAY,
  cve: DAY,
  record: DAY,
  list: HOUR,
  'not-found': DAY,
};

export type TimesToLive = Readonly<Record<ResponseKind, number>>;

/** Share by which times differ, so that responses of one night do not all expire together. */
const JITTER = 0.2;

/** Milliseconds that a response is used, with the jitter of its key. */
export function timeToLive(times: TimesToLive, kind: ResponseKind, key: string): number {
  return times[kind] * (1 - JITTER + (2 * JITTER * byteOf(key)) / 255);
}

/** A byte that depends on the whole text (FNV-1a). */
function byteOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 8) ^ (hash >>> 16) ^ (hash >>> 24)) & 0xff;
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: MINUTE, h: HOUR, d: DAY };

/** Reads `90s`, `30m`, `24h`, `7d` or `0` into milliseconds; undefined for any other text. */
export function readDuration(text: string): number | undefined {
  if (text.trim() === '0') return 0;
  const [, number, unit] = /^\s*(\d{1,6})\s*([a-z])\s*$/.exec(text) ?? [];
  const factor = UNITS[unit ?? ''];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}

/**
 * Reads `cache_ttl`: one duration that limits all times, or `kind=duration` pairs separated by commas. Undefined for `0`, which
 * switches the cache off.
 * @throws PluginError CONFIG_INVALID naming the parameter.
 */
export function readTimesToLive(text: string): TimesToLive | undefined {
  const limit = readDuration(text);
  if (limit === 0) return undefined;
  if (limit !== undefined) return limited(TIMES_TO_LIVE, limit);
  const times: Record<ResponseKind, number> = { ...TIMES_TO_LIVE };
  for (const pair of text.split(',')) {
    const [kind = '', value = ''] = pair.split('=').map((part) => part.trim());
    const duration = readDuration(value);
    if (!Object.hasOwn(TIMES_TO_LIVE, kind) || duration === undefined)
      throw new PluginError('CONFIG_INVALID', `The parameter cache_ttl is ${quoted(text)}.`, {
        hint: `It takes a duration such as 24h, 0 for no cache, or pairs such as malicious=12h,unknown=3d (kinds: ${Object.keys(TIMES_TO_LIVE).join(', ')}).`,
      });
    times[kind as ResponseKind] = duration;
  }
  return times;
}

function limited(times: TimesToLive, limit: number): TimesToLive {
  return Object.fromEntries(
    Object.entries(times).map(([kind, time]) => [kind, Math.min(time, limit)]),
  ) as unknown as TimesToLive;
}
