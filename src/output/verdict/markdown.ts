import { counted } from '../../base/sanitize';
import { type Cell, markdownCell } from '../cell';
import { reuseNote } from '../notes';
import { markdownTable } from '../table';
import { type IndicatorCommand, type IndicatorResult, isFailure } from './indicator-command';
import { reputationInWords } from './score';
import type { GraphParts } from './standard';

/** The markdown for one indicator: the table, the verdict in words, and the lookups without a result. */
export function markdownOf(command: IndicatorCommand, result: IndicatorResult): string {
  const { indicator, known } = result;
  const title = markdownCell(indicator);
  const reputation = known.HostReputation;
  const blocks =
    Object.keys(known).length === 0
      ? [`### ${title}`, ...(isFailure(result) ? [] : ['No results found.'])]
      : [
          tableOf(command, result),
          ...(reputation === undefined ? [] : [reputationInWords(indicator, reputation)]),
        ];
  const notes = [...missing(command, result), ...failures(result), ...requestCount(command, result)];
  return [...blocks, ...notes, ...reuseNote(result.reused)].join('\n\n');
}

function tableOf({ columns }: IndicatorCommand, { indicator, known }: IndicatorResult): string {
  const all = { Indicator: (): Cell => indicator, ...(columns as Record<string, (known: unknown) => Cell>) };
  return markdownTable({ title: markdownCell(indicator), columns: all }, [known satisfies GraphParts]);
}

/** Returns a note about the parts that were not found, if other parts were; otherwise an empty list. */
function missing({ reads }: IndicatorCommand, { known, failed }: IndicatorResult): string[] {
  const lost = failed.map(({ part }): string => part);
  const parts = Object.keys(reads).filter((part) => !(part in known) && !lost.includes(part));
  return Object.keys(known).length === 0 || parts.length === 0 ? [] : [`Not found: ${parts.join(', ')}.`];
}

function failures({ failed, requests }: IndicatorResult): string[] {
  if (requests === 0)
    return failed.slice(0, 1).map(({ error }) => markdownCell(`${error.message} ${error.hint ?? ''}`));
  return failed.map(({ part, error }) => `Failed: ${part} — ${markdownCell(error.message)}`);
}

/** Returns a note with the number and names of the requests for a verdict: they matter for a long list. */
function requestCount({ reads }: IndicatorCommand, { requests }: IndicatorResult): string[] {
  if (requests === 0) return [];
  return [`${counted(requests, 'request')} to Graph: ${Object.keys(reads).join(', ')}.`];
}
