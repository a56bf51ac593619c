import { checkSync } from 'recheck';
import { allPatterns, type Pattern, processorTime } from '../support/patterns';

const patterns = allPatterns();
const LONGEST = 1_000_000;

/** What attackers repeat; the characters of the pattern itself are added. */
const FRAGMENTS = [
  'a',
  '0',
  ' ',
  '-',
  '.',
  '\n',
  '"',
  '\\',
  '[',
  '(',
  '%2',
  '&',
  '**',
  '${',
  'eyJ-',
  '\u4e00',
];

function fragmentsOf({ source }: Pattern): string[] {
  const literals = source.replace(/\\[a-zA-Z]|[\^$*+?|(){}]/g, '').slice(0, 24);
  const words = source.match(/[a-z_-]{3,}/gi) ?? [];
  return [
    ...new Set([...FRAGMENTS, ...literals, ...words.flatMap((word) => [word, `${word} `, `[a](${word}`])]),
  ];
}

function apply({ source, flags }: Pattern, text: string): void {
  const pattern = new RegExp(source, flags);
  if (flags.includes('g')) text.replace(pattern, '');
  else pattern.exec(text);
}

/** @returns the fragment and the times where time grows faster than length. */
function isSlow(time: number, before: number): boolean {
  return time > 250 && time > 8 * Math.max(before, 10);
}

function superlinear(pattern: Pattern, fragments: readonly string[]): string | undefined {
  for (const fragment of fragments) {
    let last = 0;
    for (let length = LONGEST / 64; length <= LONGEST; length *= 4) {
      const text = `${fragment.repeat(length / fragment.length)}\u0000`;
      const measure = () => processorTime(() => apply(pattern, text));
      let time = measure();
      // Garbage collection also takes processor time; a slow pattern is slow every time.
      for (let again = 0; again < 2 && isSlow(time, last); again++) time = Math.min(time, measure());
      if (isSlow(time, last))
        return `${JSON.stringify(fragment)} × ${length}: ${last.toFixed()} ms, then ${time.toFixed()} ms`;
      last = time;
    }
  }
  return undefined;
}

const checked = patterns.map((pattern) => ({
  pattern,
  result: checkSync(pattern.source, pattern.flags, { checker: 'automaton', timeout: 500 }),
}));

test('the source contains regular expressions, and every one is found', () => {
  expect(patterns.length).toBeGreaterThan(100);
});

test('no regular expression is vulnerable to a text made for it', () => {
  const vulnerable = checked.filter(({ result }) => result.status === 'vulnerable');
  expect(
    vulnerable.map(({ pattern: { file, source }, result }) => [
      file,
      source,
      'complexity' in result ? result.complexity.summary : '',
    ]),
  ).toEqual([]);
});

test('those that cannot be analysed take time in proportion to the text, up to 1 MB', () => {
  const unknown = checked.filter(({ result }) => result.status === 'unknown');
  const slow = unknown.map(({ pattern }) => [pattern.source, superlinear(pattern, fragmentsOf(pattern))]);
  expect(slow.filter(([, found]) => found !== undefined)).toEqual([]);
});

test('all others take time in proportion to the text as well', () => {
  const safe = checked.filter(({ result }) => result.status === 'safe');
  const slow = safe.map(({ pattern }) => [pattern.source, superlinear(pattern, ['a', ' ', '-', '.'])]);
  expect(slow.filter(([, found]) => found !== undefined)).toEqual([]);
});

test('the measure itself notices a quadratic pattern', () => {
  expect(superlinear({ file: '', source: '\\s+$', flags: '' }, [' '])).toMatch(/" " × \d+/);
});
