import { isRecord } from '../../base/json';
import { sanitize } from '../../base/sanitize';
import type { Lookup } from '../../output/lookups';
import { DBOT_SCORE_KEY, type DBotScore } from '../../xsoar/dbot-score';
import type { ExecutedLine } from '../war-room/execute-line';
import { colored, type Screen } from './terminal';

/** The sign and the word for a verdict or the severity of a CVE; the word is for users who see no color. */
const LOOKS: Readonly<
  Record<string, { readonly sign: string; readonly color: 'red' | 'yellow' | 'green' | 'dim' }>
> = {
  malicious: { sign: '!!', color: 'red' },
  suspicious: { sign: '! ', color: 'yellow' },
  neutral: { sign: '- ', color: 'green' },
  unknown: { sign: '? ', color: 'dim' },
  'not found': { sign: '? ', color: 'dim' },
  'not looked up': { sign: '! ', color: 'yellow' },
  failed: { sign: '! ', color: 'yellow' },
  critical: { sign: '!!', color: 'red' },
  high: { sign: '! ', color: 'red' },
  medium: { sign: '! ', color: 'yellow' },
  low: { sign: '- ', color: 'green' },
};

type RatedResult = Pick<ExecutedLine, 'entries'> & Partial<Pick<ExecutedLine, 'lookups'>>;

interface Shown {
  readonly indicator: string;
  readonly verdict: string;
  readonly score: number | undefined;
}

/** Width of a verdict in columns, so that most results align. */
const WIDTH = 10;

/** Returns a line for each verdict, to print above the tables; empty if the command gives no verdicts. */
export function verdictLines(executed: RatedResult, screen: Screen): string[] {
  const shown = verdictsOf(executed);
  const width = Math.max(0, ...shown.map(({ indicator }) => indicator.length));
  const words = Math.max(WIDTH, ...shown.map(({ verdict }) => verdict.length));
  return shown.map(({ indicator, verdict, score }) => {
    const word = verdictWord(verdict.padEnd(words), screen);
    const points = score === undefined ? '' : `${score} of 100`;
    return `${word}  ${sanitize(indicator).padEnd(width)}  ${points}`.trimEnd();
  });
}

/** A verdict with its sign, in its color. */
export function verdictWord(verdict: string, screen: Screen): string {
  const word = verdict.trim();
  const { sign, color } = (Object.hasOwn(LOOKS, word) ? LOOKS[word] : undefined) ?? {
    sign: '? ',
    color: 'dim',
  };
  return colored(`${sign} ${verdict}`, color, screen);
}

/** Scores of indicators name each one, also those that Graph does not know; reputations are rows of their hosts. */
function verdictsOf({ entries, lookups = [] }: RatedResult): Shown[] {
  const scores = entries.flatMap(({ EntryContext }) => {
    const score = EntryContext?.[DBOT_SCORE_KEY] as DBotScore | undefined;
    return score === undefined || score.Type === 'cve' ? [] : [score];
  });
  const reputations = new Map(
    lookups.flatMap(({ subject, rows }) =>
      subject === undefined ? [] : rows.map((row) => [subject.id, reputationIn(row)] as const),
    ),
  );
  const withoutResult = new Map(
    lookups.flatMap((lookup) => {
      const word = wordFor(lookup);
      return lookup.subject === undefined || word === undefined ? [] : [[lookup.subject.id, word] as const];
    }),
  );
  if (scores.length > 0)
    return scores.map(({ Indicator, Score }) => {
      const reputation = reputations.get(Indicator);
      return {
        indicator: Indicator,
        verdict: reputation?.verdict ?? withoutResult.get(Indicator) ?? (WORDS[Score] as string),
        score: reputation?.score,
      };
    });
  const known = [...reputations].flatMap(([indicator, reputation]) =>
    reputation === undefined ? [] : [{ indicator, ...reputation }],
  );
  if (known.length === 0) return [];
  return [
    ...known,
    ...[...withoutResult].map(([indicator, verdict]) => ({ indicator, verdict, score: undefined })),
  ];
}

/** The word for a lookup without a result. Graph rates some observables as unknown, so one that was not found is not called that. */
function wordFor({ notFound, error }: Lookup): string | undefined {
  if (error === undefined) return notFound ? 'not found' : undefined;
  return error.code === 'ARGUMENT_INVALID' ? 'not looked up' : 'failed';
}

/** Words of `DBotScore`. */
const WORDS: Readonly<Record<number, string>> = {
  0: 'unknown',
  1: 'neutral',
  2: 'suspicious',
  3: 'malicious',
};

function reputationIn(row: unknown): Omit<Shown, 'indicator'> | undefined {
  const reputation = isRecord(row) && isRecord(row.HostReputation) ? row.HostReputation : row;
  if (!isRecord(reputation) || typeof reputation.classification !== 'string') return undefined;
  const score = typeof reputation.score === 'number' ? reputation.score : undefined;
  return { verdict: sanitize(reputation.classification), score };
}
