import type { HostReputation } from '../../model/generated/graph';
import { markdownCell } from '../cell';
import { ruleLine, rulesOf } from './rules';
import { rate, SCORE_LABELS } from './score';

/** A reputation in words, in markdown: the verdict with its score, then the rules that led to it, one a line. */
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
