import { verdictLines, verdictWord } from '../../../src/doors/cli/verdict-lines';
import { DBOT_SCORE_KEY } from '../../../src/xsoar/dbot-score';

const PLAIN = { styled: false, width: 80 };

/** An entry with a score of the platform. */
const scored = (Indicator: string, Score: number, Type = 'ip') =>
  ({ Type: 1, Contents: {}, EntryContext: { [DBOT_SCORE_KEY]: { Indicator, Score, Type } } }) as never;

const lookup = (id: string, rows: readonly unknown[], code?: string) =>
  ({ subject: { id }, rows, ...(code === undefined ? {} : { error: { code } }) }) as never;

test.each([
  [0, '?  unknown     192.0.2.1'],
  [1, '-  neutral     192.0.2.1'],
  [2, '!  suspicious  192.0.2.1'],
  [3, '!! malicious   192.0.2.1'],
])('a score of %i is a word with its sign', (score, line) => {
  expect(verdictLines({ entries: [scored('192.0.2.1', score)] }, PLAIN)).toEqual([line]);
});

test('the words and points of Graph are preferred, and every column is aligned', () => {
  const lookups = [
    lookup('a.example', [{ HostReputation: { classification: 'suspicious', score: 61 } }]),
    lookup('long.a.example', [{ classification: 'new\u001b word of Graph' }]),
    lookup('failed.example', [], 'GRAPH_UNAVAILABLE'),
    lookup('N/A', [], 'ARGUMENT_INVALID'),
  ];
  const entries = ['a.example', 'long.a.example', 'failed.example', 'N/A', 'b.example'].map((name) =>
    scored(name, 1),
  );
  const line = (word: string, indicator: string, points = '') =>
    `${word.padEnd(3 + 'new  word of Graph'.length)}  ${indicator.padEnd('failed.example'.length)}  ${points}`.trimEnd();
  expect(verdictLines({ entries, lookups }, PLAIN)).toEqual([
    line('!  suspicious', 'a.example', '61 of 100'),
    line('?  new  word of Graph', 'long.a.example'),
    line('!  failed', 'failed.example'),
    line('!  not looked up', 'N/A'),
    line('-  neutral', 'b.example'),
  ]);
});

test('reputations without a score of the platform are lines, with what failed below', () => {
  const lookups = [
    lookup('a.example', [{ classification: 'malicious', score: 100 }]),
    lookup('none.example', [{ id: 'no reputation' }]),
    lookup('b.example', [], 'GRAPH_UNAVAILABLE'),
    { rows: [{ classification: 'neutral' }] } as never,
    { rows: [], error: { code: 'GRAPH_UNAVAILABLE' } } as never,
    lookup('c.example', [{ classification: 'neutral', score: 'high' }]),
  ];
  expect(verdictLines({ entries: [], lookups }, PLAIN)).toEqual([
    '!! malicious   a.example  100 of 100',
    '-  neutral     c.example',
    '!  failed      b.example',
  ]);
});

test('a result without verdicts has no lines, and the score of a CVE is none', () => {
  expect(verdictLines({ entries: [] }, PLAIN)).toEqual([]);
  expect(verdictLines({ entries: [scored('CVE-2099-10001', 0, 'cve')] }, PLAIN)).toEqual([]);
  expect(verdictLines({ entries: [], lookups: [lookup('a', [], 'GRAPH_UNAVAILABLE')] }, PLAIN)).toEqual([]);
  expect(verdictLines({ entries: [], lookups: [lookup('a', ['x', { score: 5 }])] }, PLAIN)).toEqual([]);
});

test.each([
  ['malicious', '!!', 31],
  ['critical', '!!', 31],
  ['high', '! ', 31],
  ['suspicious', '! ', 33],
  ['medium', '! ', 33],
  ['not looked up', '! ', 33],
  ['failed', '! ', 33],
  ['neutral', '- ', 32],
  ['low', '- ', 32],
  ['unknown', '? ', 2],
  ['constructor', '? ', 2],
])('%s has its sign and color', (word, sign, color) => {
  expect(verdictWord(word, PLAIN)).toBe(`${sign} ${word}`);
  const styled = verdictWord(`${word}  `, { styled: true, width: 80 });
  expect(styled.startsWith(`\u001b[${color}m${sign} ${word}  `)).toBe(true);
});
