import { PluginError } from '../../src/base/errors';
import { redact } from '../../src/base/redact';
import { rememberSecret } from '../../src/base/secrets';

const TOKEN = `eyJ${'hbGciOiJS'.repeat(2)}.${'cGF5bG9h'.repeat(3)}.${'c2lnbmF0'.repeat(3)}`;

test.each([
  ['tokens', `was ${TOKEN}, is ${TOKEN} now`, 'was ***, is *** now'],
  ['tokens in one address', `/a?x=${TOKEN}&y=${TOKEN}`, '/a?x=***&y=***'],
  ['bearer headers', 'Bearer first-token-1 and bearer second-token-2', 'Bearer *** and bearer ***'],
  [
    'fields with a secret',
    'client_secret=one&refresh_token=two {"password":"three","access_token":"four"}',
    'client_secret=***&refresh_token=*** {"password":"***","access_token":"***"}',
  ],
  [
    'private keys',
    '-----BEGIN PRIVATE KEY-----\none\n-----END PRIVATE KEY----- -----BEGIN RSA PRIVATE KEY-----\ntwo\n-----END RSA PRIVATE KEY-----',
    '*** ***',
  ],
])('several %s in one text are all masked', (_, text, masked) => {
  expect(redact(text)).toBe(masked);
});

test('the cut of a long error leaves no half of a secret', () => {
  rememberSecret('a-secret-at-the-cut');
  const { message } = new PluginError('INTERNAL', `${'x'.repeat(7_990)} a-secret-at-the-cut`);
  expect(message).toBe(`${'x'.repeat(7_990)} ***`);
});
