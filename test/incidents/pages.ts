import { PluginError } from '../../src/base/errors';
import type { GraphClient } from '../../src/graph/client';
import type { GraphRequest } from '../../src/graph/request';

/** 08:00 on a day of June 2025. */
export const at = (day: number) => `2025-06-${String(day).padStart(2, '0')}T08:00:00Z`;
/** An article that changed on that day. */
export const row = (day: number, more: object = {}) => ({
  id: `a${day}`,
  title: 'T',
  lastUpdatedDateTime: at(day),
  ...more,
});

export type Page =
  | readonly unknown[]
  | PluginError
  | {
      readonly rows: readonly unknown[];
      readonly more: boolean;
      readonly next?: string;
      readonly warnings?: readonly string[];
    };

/** A Graph with these pages; the next page of the page `n` is at `/n`. */
export function graphOf(
  pages: readonly Page[],
  next = (index: number): string | undefined => `/${index + 1}`,
) {
  const requests: GraphRequest[] = [];
  const signals: AbortSignal[] = [];
  const execute = async ([request]: readonly GraphRequest[], signal: AbortSignal) => {
    if (request === undefined) throw new Error('no request');
    signals.push(signal);
    const index = requests.push(request) - 1;
    const page = pages[index];
    if (page === undefined) return [{ kind: 'missing', request }];
    if (page instanceof PluginError) return [{ kind: 'failed', request, error: page }];
    if ('more' in page) return [{ kind: 'collection', request, ...page }];
    const isLast = index === pages.length - 1;
    return [
      { kind: 'collection', request, rows: page, more: !isLast, next: isLast ? undefined : next(index) },
    ];
  };
  return { graph: { execute } as unknown as GraphClient, requests, signals };
}
