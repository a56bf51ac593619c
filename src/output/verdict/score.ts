import type { HostReputation } from '../../model/generated/graph';
import type { Score } from '../../xsoar/dbot-score';
import { markdownCell } from '../cell';
import type { IndicatorResult } from './indicator-command';
import { ruleLine, rulesOf } from './rules';

/** A score, with a message if it is uncertain. */
interface Rating {
  readonly score: Score;
  readonly message?: string;
}

/** The platform's score for each classification of Graph; neutral does not mean good. */
const SCORES: Readonly<Record<string, Score>> = { malicious: 3, suspicious: 2, neutral: 0, unknown: 0 };

export const SCORE_LABELS: Readonly<Record<Score, string>> = {
  0: 'unknown',
  1: 'good',
  2: 'suspicious',
  3: 'bad',
};

/** Returns the score of a reputation; 0 with a message if this version does not know the classification. */
export function rate(reputation: HostReputation): Rating {
  const classification: unknown = reputation.classification;
  if (typeof classification !== 'string') return { score: 0, message: 'Graph returned no classification.' };
  const score = Object.hasOwn(SCORES, classification) ? SCORES[classification] : undefined;
  return score === undefined
    ? {
        score: 0,
        message: `The classification ${JSON.stringify(classification)} is unknown to this version.`,
      }
    : { score };
}

/** Returns the score of an indicator, from its lookups. @param rated whether Graph rates this kind of indicator */
export function verdictRating({ known, failed }: IndicatorResult, rated: boolean): Rating {
  const [failure] = failed;
  if (Object.keys(known).length === 0)
    return { score: 0, message: failure === undefined ? 'No results found.' : failure.error.message };
  if (!rated) return { score: 0 };
  if (known.HostReputation !== undefined) return rate(known.HostReputation);
  const lost = failed.find(({ part }) => part === 'HostReputation');
  return {
    score: 0,
    message: lost === undefined ? 'Graph has no reputation for it.' : `No reputation: ${lost.error.message}`,
  };
}

/** A reputation in words, in markdown: the verdict with its score, then the rules that led to it, one per line. */
export function reputationInWords(host: string, reputation: HostReputation): string {
  const { score, message } = rate(reputation);
  const rules = rulesOf(reputation);
  const classification = markdownCell(reputation.classification) || 'not classified';
  const points = typeof reputation.score === 'number' ? `, ${reputation.score} of 100` : '';
  const verdict = `**${markdownCell(host)}** is **${classification}**${points} (DBotScore ${score}, ${SCORE_LABELS[score]}).`;
  return [
    [verdict, ...(message === undefined ? [] : [markdownCell(message)])].join(' '),
    ...(rules.length === 0 ? [] : ['', ...rules.map(ruleLine)]),
  ].join('\n');
}
