import { normalizeCve, recordId } from '../../src/observables/identifiers';
import { raised } from '../support/raised';

test.each(['CVE-2021-44228', ' cve-2021-44228\n', 'CVE\u20102021\u221244228', 'Cve\u20152021\u201344228'])(
  '%j is a CVE ID',
  (text) => {
    expect(normalizeCve(text)).toBe('CVE-2021-44228');
  },
);

test('the number of a CVE ID has 4 to 19 digits', () => {
  for (const digits of [4, 19])
    expect(normalizeCve(`CVE-2021-${'1'.repeat(digits)}`)).toHaveLength(9 + digits);
});

test.each([
  'CVE-2021-123',
  `CVE-2021-${'1'.repeat(20)}`,
  'CVE-21-44228',
  'X-CVE-2021-44228',
  'CVE-2021-44228 and more',
  'CVE-abcd-44228',
  'CVE-2021-abcd',
  `CVE-2021-44228${' '.repeat(8_192)}x`,
])('%j is not a CVE ID', async (text) => {
  const error = await raised(() => normalizeCve(` ${text} `));
  expect(error.code).toBe('ARGUMENT_INVALID');
  expect(error.message).toMatch(/^"\S[^"]*" is not a CVE ID\.$/);
  expect(error.hint).toBe('Give an ID such as CVE-2021-44228.');
});

test('an ID of a record is taken unchanged, without the blanks around it', () => {
  expect(recordId(' Y3Zl/+== \n', 'x')).toBe('Y3Zl/+==');
  expect(recordId('a'.repeat(4_096), 'x')).toHaveLength(4_096);
  expect(recordId('...', 'x')).toBe('...');
});

test.each(['.', ' .. ', 'a\u0000b', 'a\nb', 'a'.repeat(4_097)])(
  '%j is not an ID of a record',
  async (text) => {
    expect(await raised(() => recordId(text, 'article_id'))).toMatchObject({
      code: 'ARGUMENT_INVALID',
      message: expect.stringMatching(/^article_id: ".*" is not a record id\.$/),
      hint: 'Use an id from the output of a list command.',
    });
  },
);
