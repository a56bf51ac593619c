import { isRecord } from '../../base/json';
import { sanitize } from '../../base/sanitize';
import { DBOT_SCORE_KEY, type DBotScore } from '../../xsoar/dbot-score';
import type { ExecutedLine } from '../war-room/execute-line';
import { coloured, type Screen } from './terminal';

/** How a verdict looks, or the severity of a CVE: a sign and a word for those who see no colour. */
const LOOKS: Readonly<
  Record<string, { readonly sign: string; readonly colour: 'red' | 'yellow' | 'green' | 'dim' }>
> = {
  malicious: { sign: '!!', colour: 'red' },
  suspicious: { sign: '! ', colour: 'yellow' },
  neutral: { sign: '- ', colour: 'green' },
  unknown: { sign: '? ', colour: 'dim' },
  critical: { sign: '!!', colour: 'red' },
  high: { sign: '! ', colour: 'red' },
  medium: { sign: '! ', colour: 'yellow' },
  low: { sign: '- ', colour: 'green' },
};

interface Shown {
  readonly indicator: string;
  readonly verdict: string;
  readonly score: number | undefined;
}

/** A line for each verdict of a result, for above its tables; none where the command gives no verdicts. */
export function verdictLines(executed: ExecutedLine, screen: Screen): string[] {
  const shown = verdictsOf(executed);
  const width = Math.max(0, ...shown.map(({ indicator }) => indicator.length));
  return shown.map(({ indicator, verdict, score }) => {
    const word = verdictWord(verdict.padEnd(10), screen);
    const points = score === undefined ? '' : `${score} of 100`;
    return `${word}  ${sanitize(indicator).padEnd(width)}  ${points}`.trimEnd();
  });
}

/** A verdict with its sign, in its colour. */
export function verdictWord(verdict: string, screen: Screen): string {
  const word = verdict.trim();
  const { sign, colour } = (Object.hasOwn(LOOKS, word) ? LOOKS[word] : undefined) ?? {
    sign: '? ',
    colour: 'dim',
  };
  return coloured(`${sign} ${verdict}`, colour, screen);
}

/** Scores of indicators name each one, also those that Graph does not know; reputations are rows of their hosts. */
function verdictsOf({ entries, lookups = [] }: ExecutedLine): Shown[] {
  const scores = entries.flatMap(({ EntryContext }) => {
    const score = EntryContext?.[DBOT_SCORE_KEY] as DBotScore | undefined;
    return score === undefined || score.Type === 'cve' ? [] : [score];
  });
  const reputations = new Map(
    lookups.flatMap(({ subject, rows }) =>
      subject === undefined ? [] : rows.map((row) => [subject.id, reputationIn(row)] as const),
    ),
  );
  if (scores.length > 0)
    return scores.map(({ Indicator, Score }) => {
      const reputation = reputations.get(Indicator);
      return {
        indicator: Indicator,
        verdict: reputation?.verdict ?? (WORDS[Score] as string),
        score: reputation?.score,
      };
    });
  return [...reputations].flatMap(([indicator, reputation]) =>
    reputation === undefined ? [] : [{ indicator, ...reputation }],
  );
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
