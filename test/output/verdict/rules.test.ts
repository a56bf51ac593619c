import type { HostReputation, HostReputationRule } from '../../../src/model/generated/graph';
import { reasons, ruleLine, rulesOf } from '../../../src/output/verdict/rules';
import { reputationInWords } from '../../../src/output/verdict/score';

const odd = (value: unknown) => value as never;
const FULL: HostReputationRule = {
  name: 'ASN | rule',
  description: 'Seen in `attacks`.',
  severity: 'high',
  relatedDetailsUrl: 'https://ti.defender.microsoft.com/articles/831b70a4',
};
const COMMAND = '!msg-defender-threat-intel-article-list article_id=831b70a4';

test.each<[string, HostReputationRule, string, string]>([
  [
    'a whole rule',
    FULL,
    `- high: ASN \\| rule — Seen in \\\`attacks\\\`. (article 831b70a4: \`${COMMAND}\`)`,
    `ASN | rule (high): Seen in \`attacks\`. article 831b70a4`,
  ],
  ['a bare rule', { name: 'A' }, '- unrated: A', 'A (unrated)'],
  [
    'a rule without a name',
    { severity: 'low' },
    '- low: a rule without a name',
    'a rule without a name (low)',
  ],
  [
    'a rule whose link leads nowhere any more',
    { ...FULL, relatedDetailsUrl: 'https://ti.defender.microsoft.com/search?query=x', description: '' },
    '- high: ASN \\| rule',
    'ASN | rule (high)',
  ],
  [
    'a rule of another shape than documented',
    odd({ name: { a: 1 }, description: ['x', 'y'], severity: 3, relatedDetailsUrl: 7 }),
    '- 3: a rule without a name — x, y',
    'a rule without a name (3): x, y',
  ],
])('%s reads well, in a list and in a sentence', (_, rule, line, plain) => {
  expect(ruleLine(rule)).toBe(line);
  expect(reasons({ rules: [rule] })).toBe(`Microsoft classifies it as malicious, by these rules: ${plain}.`);
});

test.each<[HostReputation, string]>([
  [{}, 'Microsoft classifies it as malicious.'],
  [{ score: 0, rules: [] }, 'Microsoft classifies it as malicious with a score of 0 of 100.'],
  [odd({ score: 'high', rules: 'x' }), 'Microsoft classifies it as malicious.'],
  [
    { score: 100, rules: [{ name: 'A' }, { name: 'B', severity: 'low' }] },
    'Microsoft classifies it as malicious with a score of 100 of 100, by these rules: A (unrated); B (low).',
  ],
])('%j is malicious for this reason', (reputation, reason) => {
  expect(reasons(reputation)).toBe(reason);
});

test('ignores values that are not reputation rules', () => {
  expect(rulesOf({ rules: odd([null, 'x', FULL, [1]]) })).toEqual([FULL]);
  for (const rules of [null, undefined, 'x', { length: 1 }])
    expect(rulesOf({ rules: odd(rules) })).toEqual([]);
});

test.each<[HostReputation, string]>([
  [
    { classification: 'malicious', score: 83, rules: [FULL, { name: 'B' }] },
    `**a\\|b** is **malicious**, 83 of 100 (DBotScore 3, bad).\n\n- high: ASN \\| rule — Seen in \\\`attacks\\\`. (article 831b70a4: \`${COMMAND}\`)\n- unrated: B`,
  ],
  [{ classification: 'suspicious' }, '**a\\|b** is **suspicious** (DBotScore 2, suspicious).'],
  [{ classification: 'neutral', score: 0 }, '**a\\|b** is **neutral**, 0 of 100 (DBotScore 0, unknown).'],
  [
    { score: odd('x') },
    '**a\\|b** is **not classified** (DBotScore 0, unknown). Graph returned no classification.',
  ],
  [
    { classification: odd('new|one') },
    '**a\\|b** is **new\\|one** (DBotScore 0, unknown). The classification "new\\|one" is unknown to this version.',
  ],
])('%j in words', (reputation, words) => {
  expect(reputationInWords('a|b', reputation)).toBe(words);
});
