import { silentLog } from '../../../src/base/log';
import { serve } from '../../../src/doors/serve/serve';
import { type Sandbox, startSandbox } from '../../../src/sandbox';
import { WORLD } from '../../support/case';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

interface Answer {
  readonly id: unknown;
  readonly entries: readonly { readonly Type: number; readonly Contents: { readonly id?: string } }[];
  readonly integrationContext?: { readonly tokens?: object };
}

async function served(...lines: (object | string)[]): Promise<Answer[]> {
  async function* input() {
    for (const line of lines) yield typeof line === 'string' ? line : JSON.stringify(line);
  }
  const answers: Answer[] = [];
  const override = { params: sandbox.params, ca: sandbox.ca };
  await serve(input(), (line) => answers.push(JSON.parse(line)), { log: silentLog, override });
  return answers;
}

function host(id: unknown, host_id: string, more: object = {}) {
  return { id, command: 'msg-defender-threat-intel-host', args: { host_id }, ...more };
}

function logins(): number {
  return sandbox.requests.filter(({ path }) => path.includes('/oauth2/')).length;
}

test('every line is answered under its id, whatever the id is', async () => {
  const answers = await served(
    host(1, 'contoso.com'),
    host('b', 'example.org'),
    host({ n: 1 }, 'contoso.com'),
  );
  const byId = new Map(answers.map((answer) => [JSON.stringify(answer.id), answer.entries[0]?.Contents.id]));
  expect(Object.fromEntries(byId)).toEqual({
    1: 'contoso.com',
    '"b"': 'example.org',
    '{"n":1}': 'contoso.com',
  });
});

test('a hundred documents make one login', async () => {
  const answers = await served(...Array.from({ length: 100 }, (_, id) => host(id, 'contoso.com')));
  expect(answers.map(({ id }) => id).sort((one, other) => Number(one) - Number(other))).toEqual(
    Array.from({ length: 100 }, (_, id) => id),
  );
  expect(answers.every(({ entries }) => entries[0]?.Contents.id === 'contoso.com')).toBe(true);
  expect(logins()).toBe(1);
});

test('a document with an integrationContext of its own keeps to it', async () => {
  await served(host(1, 'contoso.com'), host(2, 'contoso.com', { integrationContext: {} }));
  expect(logins()).toBe(2);
});

test('a quick document does not wait for a slow one', async () => {
  const [first, second] = await served(host('slow', 'contoso.com'), { id: 'quick', command: 'nothing' });
  expect([first?.id, second?.id]).toEqual(['quick', 'slow']);
});

test('what cannot be read is answered and ends nothing', async () => {
  const answers = await served('{', '', { id: 7 }, host(8, 'contoso.com'));
  expect(answers.map(({ id, entries }) => [id, entries[0]?.Type])).toEqual([
    [null, 4],
    [7, 4],
    [8, 1],
  ]);
});
