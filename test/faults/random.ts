/** Chance that a seed repeats (mulberry32). */
export interface Random {
  /** A whole number of at least 0, below `end`. */
  below(end: number): number;
  pick<T>(items: readonly T[]): T;
  /** True in `percent` of a hundred calls. */
  chance(percent: number): boolean;
  /** A string of any characters: mostly ASCII, some from all of Unicode, some that steer terminals and markdown. */
  text(longest: number): string;
}

const AWKWARD = [
  ...['\u0000', '\u001b[31m', '\u009b', '\u202e', '\u2028', '\r\n', '\ud800', '\ufeff', '🎣', 'ß', '漏'],
  ...[
    '|',
    '`',
    '[x](javascript:alert(1))',
    '<b>',
    '\\',
    '"',
    "'",
    '%',
    '%2e',
    '%zz',
    '&',
    '#',
    '?',
    '/',
    '../',
  ],
  ...['__proto__', 'constructor', '{{', '${', '@odata.type', '\t', ',', ':', '@', '::1', '0x7f'],
];

export function random(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (end: number) => Math.floor(next() * end);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const chance = (percent: number) => next() * 100 < percent;
  function character(): string {
    if (chance(80)) return String.fromCharCode(32 + below(95));
    return chance(50) ? pick(AWKWARD) : String.fromCodePoint(below(0x10ffff));
  }
  return {
    below,
    pick,
    chance,
    text: (longest) => Array.from({ length: below(longest) }, character).join(''),
  };
}
