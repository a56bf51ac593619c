import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSync } from 'recheck';
import { allPatterns, type Pattern, processorTime } from '../support/patterns';
import listed from './checked-patterns.json';

/*
 * The whole analysis takes half a minute, so patterns that passed are listed by their digest and only new ones are analyzed.
 * `npm run patterns` analyses all of them, as `.ci/run` does, and writes the list.
 */
const FILE = join(__dirname, 'checked-patterns.json');
const isWhole = process.env.MDTI_PATTERNS === 'all';

const patterns = allPatterns();
const passed = new Set<string>(isWhole ? [] : listed);
const open = patterns.filter((pattern) => !passed.has(digest(pattern)));

function digest({ source, flags }: Pattern): string {
  return createHash('sha256').update(`${flags}/${source}`).digest('base64url').slice(0, 12);
}

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

function superlinear(pattern: Pattern, fragments: readonly string[], longest = LONGEST): string | undefined {
  for (const fragment of fragments) {
    let last = 0;
    for (let length = longest / 64; length <= longest; length *= 4) {
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

const failed = new Set<Pattern>();

/** Which of some patterns are slow, with the proof. */
function slowOf(
  some: readonly Pattern[],
  fragments: (pattern: Pattern) => readonly string[],
): (readonly [string, string])[] {
  return some.flatMap((pattern) => {
    const proof = superlinear(pattern, fragments(pattern));
    if (proof === undefined) return [];
    failed.add(pattern);
    return [[pattern.source, proof] as const];
  });
}

const checked = open.map((pattern) => ({
  pattern,
  result: checkSync(pattern.source, pattern.flags, { checker: 'automaton', timeout: 500 }),
}));

test('the source contains regular expressions, and every one is found', () => {
  expect(patterns.length).toBeGreaterThan(100);
});

test('no regular expression is vulnerable to a string made for it', () => {
  const vulnerable = checked.filter(({ result }) => result.status === 'vulnerable');
  for (const { pattern } of vulnerable) failed.add(pattern);
  expect(
    vulnerable.map(({ pattern: { file, source }, result }) => [
      file,
      source,
      'complexity' in result ? result.complexity.summary : '',
    ]),
  ).toEqual([]);
});

test('those that cannot be analyzed take time in proportion to the text, up to 1 MB', () => {
  const unknown = checked.filter(({ result }) => result.status === 'unknown');
  expect(
    slowOf(
      unknown.map(({ pattern }) => pattern),
      fragmentsOf,
    ),
  ).toEqual([]);
});

test('all others take time in proportion to the text as well', () => {
  const safe = checked.filter(({ result }) => result.status === 'safe');
  expect(
    slowOf(
      safe.map(({ pattern }) => pattern),
      () => ['a', ' ', '-', '.'],
    ),
  ).toEqual([]);
});

test('every pattern of the list is one of the source, so that it does not grow without limit', () => {
  const known = new Set(patterns.map(digest));
  expect(listed.length).toBeGreaterThan(100);
  expect(listed.filter((one) => !known.has(one)).length).toBeLessThan(100);
});

test('the measure itself notices a quadratic pattern', () => {
  expect(superlinear({ file: '', source: '\\s+$', flags: '' }, [' '], 400_000)).toMatch(/" " × \d+/);
});

test('the analysis itself notices an exponential pattern', () => {
  expect(checkSync('^(a|a)*$', '', { checker: 'automaton' }).status).toBe('vulnerable');
});

afterAll(() => {
  const good = patterns.filter((pattern) => !failed.has(pattern));
  if (isWhole) writeFileSync(FILE, `${JSON.stringify([...new Set(good.map(digest))].sort(), null, 1)}\n`);
});
