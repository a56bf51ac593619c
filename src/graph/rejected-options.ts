import type { Clock } from '../base/clock';
import type { PluginError } from '../base/errors';
import { isRecord } from '../base/json';
import type { OptionName } from '../model/capabilities';
import type { State, Store } from '../state/store';
import { OPTION_NAMES, type QueryOption } from './odata';

/** Milliseconds that a rejection is remembered: after a day the option is tried again. */
const REMEMBERED = 24 * 60 * 60 * 1000;

/** Key of the state: by identity, then by route, the options that Graph rejected and until when that counts. */
const STATE_KEY = 'rejectedOptions';

/**
 * The query options that Graph rejected, or ignored where the rows show it, by route; in the process, and in the state so that other
 * processes know.
 */
export interface RejectedOptions {
  on(route: string): Promise<readonly OptionName[]>;
  /** Adds options to those of a route. */
  remember(route: string, names: readonly OptionName[]): Promise<void>;
}

/** @param identity whose tenant it is: another tenant may accept what this one rejects. */
export function rejectedOptions(
  identity: string,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
): RejectedOptions {
  let state: Promise<State> | undefined;
  const known = new Map<string, Rejection>();
  return {
    async on(route) {
      state ??= store.read();
      const rejection = known.get(route) ?? rejectionIn(await state, identity, route);
      const left = (rejection?.until ?? 0) - clock.now();
      // A later time was saved while a clock was wrong.
      return rejection !== undefined && left > 0 && left <= REMEMBERED ? rejection.options : [];
    },
    async remember(route, names) {
      const before = await this.on(route);
      const rejection = { options: [...new Set([...before, ...names])], until: clock.now() + REMEMBERED };
      known.set(route, rejection);
      await store.update((before) => withRejection(before, identity, route, rejection));
    },
  };
}

/** Remembers nothing. */
export const noRejectedOptions: RejectedOptions = { on: async () => [], remember: async () => {} };

/** Whether Graph may have failed a request because of an option that we added. */
export function isRejection({ status }: PluginError): boolean {
  return status === 400 || status === 501;
}

/**
 * The options that are not sent again to a route after Graph rejected a request: those that its message names, or all of them if it
 * names no option.
 */
export function blamedOptions(optional: readonly QueryOption[], { message }: PluginError): OptionName[] {
  const named = optional.filter(({ name }) => NAMED[name]?.test(message));
  return (named.length > 0 ? named : optional).map(({ name }) => name);
}

/** The names of an option in Graph's messages: `$orderby`, `the orderby clause`, `Top query`. */
const NAMED: Readonly<Partial<Record<OptionName, RegExp>>> = {
  $orderby: /order\s?by|\bsort/i,
  $top: /\$top\b|\btop query|page size/i,
  $filter: /\bfilter/i,
  $count: /\$?\bcount\b/i,
};

interface Rejection {
  readonly options: readonly OptionName[];
  /** Milliseconds since the epoch. */
  readonly until: number;
}

function rejectionIn(state: State, identity: string, route: string): Rejection | undefined {
  const found = recordOf(recordOf(recordOf(state, STATE_KEY), identity), route);
  if (typeof found.until !== 'number' || !Array.isArray(found.options)) return undefined;
  const options = OPTION_NAMES.filter((name) => (found.options as unknown[]).includes(name));
  return { options, until: found.until };
}

function withRejection(state: State, identity: string, route: string, rejection: Rejection): State {
  const all = recordOf(state, STATE_KEY);
  return {
    ...state,
    [STATE_KEY]: { ...all, [identity]: { ...recordOf(all, identity), [route]: rejection } },
  };
}

function recordOf(value: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const inner = Object.hasOwn(value, key) ? value[key] : undefined;
  return isRecord(inner) ? inner : {};
}
