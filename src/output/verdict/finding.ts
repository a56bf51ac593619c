import type { PluginError } from '../../errors';
import type { GraphAnswer } from '../../graph/request';
import { isRecord } from '../../json';
import { inContext } from '../to-context';
import type { Known, Part } from './known';

/** What came of the requests about one indicator. */
export interface Finding {
  readonly indicator: string;
  readonly known: Known;
  /** Graph's own objects, untouched. */
  readonly raw: Readonly<Partial<Record<Part, unknown>>>;
  readonly failed: readonly { readonly part: Part; readonly error: PluginError }[];
  /** How many requests were sent; none where the text is no such indicator. */
  readonly requests: number;
}

/** @param answers one for each part, in their order */
export function findingOf(
  indicator: string,
  parts: readonly Part[],
  answers: readonly GraphAnswer[],
): Finding {
  const named = answers.flatMap((answer, index) => {
    const part = parts[index];
    return part === undefined ? [] : [{ part, answer }];
  });
  const found = named.flatMap(({ part, answer }) =>
    answer.kind === 'entity' && isRecord(answer.value)
      ? [{ part, value: answer.value, parent: answer.request.parent }]
      : [],
  );
  return {
    indicator,
    known: Object.fromEntries(found.map(({ part, value, parent }) => [part, inContext(value, parent)])),
    raw: Object.fromEntries(found.map(({ part, value }) => [part, value])),
    failed: named.flatMap(({ part, answer }) =>
      answer.kind === 'failed' ? [{ part, error: answer.error }] : [],
    ),
    requests: answers.filter(({ request }) => 'path' in request).length,
  };
}

/** Nothing is known of the indicator, and that may be because something failed. */
export function isFailure({ known, failed }: Finding): boolean {
  return Object.keys(known).length === 0 && failed.length > 0;
}
