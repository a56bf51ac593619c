import { type IssuedToken, withToken } from '../../src/auth/login-state';
import { jsonLog } from '../../src/base/log';
import { redact } from '../../src/base/redact';
import { sanitize } from '../../src/base/sanitize';
import { rememberSecret } from '../../src/base/secrets';
import { openEngine } from '../../src/engine/engine';
import type { HttpResponse } from '../../src/http/transport';
import { memoryStore } from '../../src/state/store';

const SECRET = 'Hidden~with"quotes,and/commas+plus';
const TOKEN = 'opaque,token/without+shape~0123456789"x';

const PARAMS = {
  app_id: 'app',
  tenant_id: 'contoso.com',
  client_credentials: true,
  credentials: { password: SECRET },
};

/** Forms in which a service can repeat a value. */
const FORMS: readonly [string, (value: string) => string][] = [
  ['unchanged', (value) => value],
  ['twice', (value) => `${value} and ${value}`],
  ['in JSON', (value) => JSON.stringify({ x: `a,${value}` })],
  ['percent-encoded', (value) => `https://a.example/?x=${encodeURIComponent(value)}`],
  ['as a form field', (value) => String(new URLSearchParams({ x: value }))],
  ['across the cut of long strings', (value) => `${'x'.repeat(1_990)} ${value}`],
];

const CT = { 'content-type': 'application/json' };

function run(
  command: string,
  graph: (token: string) => HttpResponse,
  login: HttpResponse = {
    status: 200,
    headers: CT,
    body: JSON.stringify({ token_type: 'Bearer', expires_in: 3599, access_token: TOKEN }),
  },
) {
  const log: string[] = [];
  const engine = openEngine({
    params: PARAMS,
    log: jsonLog('debug', (line) => log.push(line)),
    transport: async ({ url }) => (url.includes('/oauth2/') ? login : graph(TOKEN)),
  });
  return engine
    .execute(command, { host_id: 'contoso.com' })
    .then(({ entries, errors }) => JSON.stringify([entries, errors, log]));
}

const HOST = 'msg-defender-threat-intel-host';
const LIST = 'msg-defender-threat-intel-article-list';

function hidden(text: string): void {
  for (const value of [SECRET, TOKEN])
    for (const [, form] of FORMS.slice(0, 5))
      for (const part of [form(value), JSON.stringify(form(value)).slice(1, -1)])
        expect(text).not.toContain(part.replace(/^.*x=/, '').slice(0, 60));
  expect(text).not.toContain('Hidden');
  expect(text).not.toContain('without+shape');
}

describe.each(FORMS)('%s', (_, form) => {
  test('a token that Graph echoes in an error message is masked', async () => {
    const message = form(TOKEN);
    hidden(
      await run(HOST, () => ({
        status: 400,
        headers: CT,
        body: JSON.stringify({ error: { code: form(TOKEN), message } }),
      })),
    );
  });

  test('a token that Graph echoes as plain text, or in a content type, is masked', async () => {
    hidden(
      await run(HOST, () => ({ status: 400, headers: { 'content-type': 'text/plain' }, body: form(TOKEN) })),
    );
    hidden(await run(HOST, () => ({ status: 200, headers: { 'content-type': form(TOKEN) }, body: 'x' })));
  });

  test('a secret that the login service echoes is masked', async () => {
    hidden(
      await run(HOST, () => ({ status: 200, headers: CT, body: '{}' }), {
        status: 401,
        headers: CT,
        body: JSON.stringify({ error: 'invalid_client', error_description: `No: ${form(SECRET)}` }),
      }),
    );
  });
});

test('a token in the address of the next page is masked', async () => {
  const next = `https://graph.microsoft.com/v1.0/security/threatIntelligence/articles/${encodeURIComponent(TOKEN)}`;
  let page = 0;
  const text = await run(LIST, () => {
    page += 1;
    return page === 1
      ? { status: 200, headers: CT, body: JSON.stringify({ value: [{ id: 'a' }], '@odata.nextLink': next }) }
      : { status: 403, headers: CT, body: '{}' };
  });
  hidden(text);
});

test('a cached token is masked as well', async () => {
  const cached: IssuedToken = { value: 'cached-token,with-comma', expiresAt: Date.now() + 3_600_000 };
  const identity =
    'https://login.microsoftonline.com https://graph.microsoft.com contoso.com app client-secret';
  const engine = openEngine({
    params: PARAMS,
    store: memoryStore(withToken({}, identity, cached, Date.now(), SECRET)),
    transport: async ({ headers }) => ({
      status: 400,
      headers: CT,
      body: JSON.stringify({ error: { code: 'x', message: `you sent ${JSON.stringify(headers)}` } }),
    }),
  });
  const { entries } = await engine.execute(HOST, { host_id: 'contoso.com' });
  expect(JSON.stringify(entries)).toContain('you sent');
  expect(JSON.stringify(entries)).not.toContain('cached-token');
});

test('a private key is masked line by line, however its line breaks were changed', () => {
  const lines = Array.from(
    { length: 6 },
    (_, at) => `${`${at}`.repeat(20)}abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQR`,
  );
  rememberSecret(lines.join('\n'));
  for (const joined of [lines.join('\n'), lines.join(' '), lines.join('\\n')])
    expect(redact(`key: ${joined} end`)).not.toMatch(/abcdefghijklm/);
});

test('a shorter value than six characters is not masked: it could be any word', () => {
  rememberSecret('host');
  expect(redact('the host')).toBe('the host');
});

test('the oldest of very many secrets is dropped, so that masking stays cheap', () => {
  rememberSecret('the-oldest-secret');
  for (let at = 0; at < 600; at++) rememberSecret(`secret-number-${at}`);
  expect(redact('secret-number-599 the-oldest-secret')).toBe('*** the-oldest-secret');
  expect(sanitize('secret-number-598')).toBe('***');
});
