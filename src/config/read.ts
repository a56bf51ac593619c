import { BOUNDS } from '../base/bounds';
import { PluginError } from '../base/errors';
import { isRecord, scalarText } from '../base/json';
import { formatCount, quoted, UNPAIRED_SURROGATE } from '../base/sanitize';
import type { ParameterName } from '../manifest/generated/types';
import { httpsOrigin } from './endpoints';

export type RawParams = Readonly<Record<string, unknown>>;

/** A short text; null, empty and blank mean "not set". */
export function textParam(params: RawParams, name: ParameterName): string | undefined {
  const value = params[name];
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw wrong(name, 'is not a string', 'Use a string.');
  return trimmed(value, name);
}

/** @returns undefined for a blank text */
function trimmed(value: string, name: ParameterName): string | undefined {
  if (value.length > BOUNDS.parameter)
    throw wrong(
      name,
      `has ${formatCount(value.length)} characters`,
      `Use at most ${formatCount(BOUNDS.parameter)}.`,
    );
  if (UNPAIRED_SURROGATE.test(value))
    throw wrong(name, 'contains an unpaired surrogate', 'Type the value again.');
  return value.trim() === '' ? undefined : value.trim();
}

/** A checkbox: true or "true". */
export function flag(params: RawParams, name: ParameterName, otherwise: boolean): boolean {
  const value = params[name];
  if (value === null || value === undefined || (typeof value === 'string' && value.trim() === ''))
    return otherwise;
  const word = scalarText(value).slice(0, BOUNDS.name).trim().toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  throw wrong(name, 'is neither true nor false', 'Use true or false.');
}

/** A whole number from `least` up. */
export function whole(params: RawParams, name: ParameterName, otherwise: number, least: number): number {
  const value = textParam(params, name);
  if (value === undefined) return otherwise;
  if (/^\d{1,9}$/.test(value) && Number(value) >= least) return Number(value);
  throw wrong(
    name,
    `is ${quoted(value)}`,
    `Use a whole number, ${least} or higher; the default is ${otherwise}.`,
  );
}

/** One of the values that a select offers. */
export function choice(
  params: RawParams,
  name: ParameterName,
  otherwise: string,
  options: readonly string[],
): string {
  const value = textParam(params, name) ?? otherwise;
  if (options.includes(value)) return value;
  throw wrong(name, `is ${quoted(value)}`, `Use one of: ${options.join('; ')}.`);
}

/** An https origin, as the URL parser writes it. */
export function origin(params: RawParams, name: ParameterName): string | undefined {
  const value = textParam(params, name);
  if (value === undefined) return undefined;
  const found = httpsOrigin(value);
  if (found !== undefined) return found;
  throw wrong(
    name,
    value.includes('@') ? 'contains a user name or password' : `is ${quoted(value)}`,
    'Use an https origin without a path, such as https://graph.microsoft.com.',
  );
}

/** A credentials field (type 9): an identifier and a password, each maybe unset. */
export function credential(
  params: RawParams,
  name: ParameterName,
): { identifier: string | undefined; password: string | undefined } {
  const value = params[name];
  if (value === null || value === undefined || value === '')
    return { identifier: undefined, password: undefined };
  if (!isRecord(value))
    throw wrong(
      name,
      'is not a pair of identifier and password',
      'Use {"identifier": "…", "password": "…"}.',
    );
  return { identifier: part(value.identifier, name), password: part(value.password, name) };
}

function part(value: unknown, name: ParameterName): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'string')
    throw wrong(name, 'contains a value that is not a string', 'Use strings for identifier and password.');
  return trimmed(value, name);
}

export function wrong(name: ParameterName, what: string, wish: string): PluginError {
  return new PluginError('CONFIG_INVALID', `The parameter ${name} ${what}.`, { hint: wish });
}
