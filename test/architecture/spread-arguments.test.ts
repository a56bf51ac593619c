import { readSources } from '../../scripts/check-architecture';

/** A call with a list as its arguments: V8 takes about 120,000, and a user's list may be longer. */
const SPREAD = /\b(?:Math\.(?:max|min)|push|unshift|fromCharCode|fromCodePoint)\(\.\.\./;

test('no call spreads a list of unknown length into its arguments', () => {
  // A browser draws a few hundred nodes.
  const sources = [...readSources()].filter(([file]) => !file.startsWith('src/doors/web/client/'));
  expect(SPREAD.test('rows.push(...found)')).toBe(true);
  const found = sources.flatMap(([file, text]) =>
    text.split('\n').flatMap((line) => (SPREAD.test(line) ? `${file}: ${line.trim()}` : [])),
  );
  expect(found).toEqual([]);
});
