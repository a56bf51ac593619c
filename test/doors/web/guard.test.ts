import { requestRefusal } from '../../../src/doors/web/guard';

const OWN = 'http://127.0.0.1:8080';
const HOST = { host: '127.0.0.1:8080' };

function refusal(method: string, headers: Record<string, string>, url = '/api/state') {
  return requestRefusal({ method, url, headers } as never, 8080);
}

const FOREIGN = 'Cross-origin requests are not allowed.';

test.each([
  ['the address that was printed', HOST, undefined],
  ['localhost', { host: 'localhost:8080' }, undefined],
  ['another port', { host: '127.0.0.1:8081' }, expect.stringContaining('Host header')],
  [
    'a name that resolves to this machine',
    { host: 'attacker.example:8080' },
    expect.stringContaining('Host'),
  ],
  ['no host', {}, expect.stringContaining('Open the address that `mdti web` printed.')],
  ['its own origin', { ...HOST, origin: OWN }, undefined],
  ['another origin', { ...HOST, origin: 'https://attacker.example' }, FOREIGN],
  ['the origin of another name for it', { ...HOST, origin: 'http://localhost:8080' }, FOREIGN],
  ['a script of the page', { ...HOST, 'sec-fetch-site': 'same-origin' }, undefined],
  ['the address bar', { ...HOST, 'sec-fetch-site': 'none' }, undefined],
  ['a script of another site', { ...HOST, 'sec-fetch-site': 'cross-site' }, FOREIGN],
  ['another port of this machine', { ...HOST, 'sec-fetch-site': 'same-site' }, FOREIGN],
])('a request from %s', (_, headers, expected) => {
  expect(refusal('GET', headers as never)).toEqual(expected);
  expect(refusal('HEAD', headers as never)).toEqual(expected);
});

const NAVIGATION = {
  ...HOST,
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
};

test.each([
  ['the page', '/', {}, undefined],
  ['data', '/api/state', {}, FOREIGN],
  ['the page as an image', '/', { 'sec-fetch-dest': 'image' }, FOREIGN],
  ['the page from a script', '/', { 'sec-fetch-mode': 'cors' }, FOREIGN],
])('another site that opens %s', (_, url, headers, expected) => {
  expect(refusal('GET', { ...NAVIGATION, ...headers }, url)).toBe(expected);
});

const JSON_TYPE = { 'content-type': 'application/json' };

test.each([
  ['of the page', { ...HOST, origin: OWN, ...JSON_TYPE }, undefined],
  ['with a charset', { ...HOST, origin: OWN, 'content-type': 'application/json ; charset=utf-8' }, undefined],
  [
    'without an origin',
    { ...HOST, ...JSON_TYPE },
    'A request that changes something needs an Origin header.',
  ],
  [
    'of a form',
    { ...HOST, origin: OWN, 'content-type': 'text/plain' },
    'The body of a request that changes something must be JSON.',
  ],
  ['without a type', { ...HOST, origin: OWN }, 'The body of a request that changes something must be JSON.'],
  ['from the address bar', { ...HOST, origin: OWN, ...JSON_TYPE, 'sec-fetch-site': 'none' }, FOREIGN],
])('a change %s', (_, headers, expected) => {
  expect(refusal('POST', headers)).toBe(expected);
});

test('a change that another site navigates to', () => {
  expect(refusal('POST', { ...NAVIGATION, origin: OWN, ...JSON_TYPE }, '/')).toBe(FOREIGN);
});
