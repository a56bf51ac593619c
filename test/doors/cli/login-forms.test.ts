import { APPLICATION_ID, TENANT, THUMBPRINT } from '../../../src/doors/cli/login/forms';

const ID = '00001111-aaaa-2222-BBBB-3333cccc4444';

test.each([
  [ID, true],
  [ID.toLowerCase(), true],
  // At the prompt also with a refresh token, as a value copied from the platform has.
  [`${ID}@0.Refresh-token`, true],
  [`${ID}0`, false],
  [`0${ID}`, false],
  [ID.slice(1), false],
  [ID.replaceAll('-', ''), false],
  [ID.replace('a', 'g'), false],
  ['my app', false],
  ['', false],
])('an application ID such as %j: %s', (text, matches) => {
  expect(APPLICATION_ID.matches(text)).toBe(matches);
});

/** A domain of this length. */
const domain = (length: number) => `${'a.'.repeat(length).slice(0, length - 2)}bc`;

test.each([
  [ID, true],
  ['contoso.com', true],
  ['Mail.Contoso-1.com', true],
  ['1.co', true],
  ['common', true],
  ['Organizations', true],
  ['consumers', true],
  ['contoso', false],
  ['commons', false],
  ['a common', false],
  ['.contoso.com', false],
  ['contoso..com', false],
  ['contoso.com.', false],
  ['https://contoso.com', false],
  ['contoso.com/one', false],
  ['my tenant.com', false],
  [domain(253), true],
  [domain(254), false],
  ['', false],
])('a tenant such as %j: %s', (text, matches) => {
  expect(TENANT.matches(text)).toBe(matches);
});

test.each([
  ['ab'.repeat(20), true],
  ['AB'.repeat(32), true],
  [' 0F'.repeat(20), true],
  [`${'0f:'.repeat(31)}0f`, true],
  ['ab'.repeat(19), false],
  ['ab'.repeat(21), false],
  ['ab'.repeat(31), false],
  [`g${'ab'.repeat(20).slice(1)}`, false],
  [`${'ab'.repeat(20).slice(1)}g`, false],
  ['', false],
])('a thumbprint such as %j: %s', (text, matches) => {
  expect(THUMBPRINT.matches(text)).toBe(matches);
});
