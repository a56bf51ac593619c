import { silentLog } from '../../../src/base/log';
import { serve } from '../../../src/doors/serve/serve';
import { type Sandbox, startSandbox } from '../../../src/sandbox';
import { WORLD } from '../../support/case';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
});
afterAll(() => sandbox.close());

interface Message {
  readonly id?: unknown;
  readonly for?: unknown;
  readonly state?: { readonly tokens?: object; readonly theirs?: number };
  readonly entries?: readonly {
    readonly Type: number;
    readonly Contents: unknown;
    readonly HumanReadable?: string;
  }[];
}

/** Returns every message that `mdti serve` writes for one document. */
async function messages(document: object, onResponse = () => {}): Promise<Message[]> {
  async function* input() {
    yield { text: JSON.stringify({ id: 1, integrationContext: {}, ...document }) };
  }
  const written: Message[] = [];
  const override = { params: sandbox.params, ca: sandbox.ca };
  await serve(input(), (line) => void written.push(JSON.parse(line)), {
    log: silentLog,
    override,
    onResponse,
  });
  return written;
}

const HOST = { command: 'msg-defender-threat-intel-host', args: { host_id: 'contoso.com' } };

test('reports a complete state change without an id before the command ends', async () => {
  const integrationContext = { theirs: 1 };
  const onResponse = jest.fn();
  const document = { ...HOST, door: 'xsoar', integrationContext };
  const [state, response, ...more] = await messages(document, onResponse);
  expect(state).toEqual({ for: 1, state: { theirs: 1, tokens: expect.anything() } });
  expect(response?.id).toBe(1);
  expect(more).toEqual([]);
  // The state is no response: its document is still in progress.
  expect(onResponse).toHaveBeenCalledTimes(1);
});

test('another caller gets responses only', async () => {
  expect((await messages(HOST)).map(({ id }) => id)).toEqual([1]);
});

test('an unexpected argument from the platform is ignored and named in the result', async () => {
  const args = { host_id: 'contoso.com', using: 'instance_1', 'raw-response': 'true', hostid: 'x' };
  const [, response] = await messages({ ...HOST, args, door: 'xsoar' });
  expect(response?.entries?.[0]?.HumanReadable).toMatch(
    /\n\nIgnored an argument that msg-defender-threat-intel-host does not have: "hostid"\.$/,
  );
  const [refused] = await messages({ ...HOST, args });
  expect(refused?.entries?.[0]?.Type).toBe(4);
});

test('an unexpected argument explains why another one is missing', async () => {
  const messagesOf = await messages({ ...HOST, args: { hostid: 'contoso.com' }, door: 'xsoar' });
  const response = messagesOf.find(({ id }) => id === 1);
  expect(response?.entries?.[0]?.Contents).toMatch(
    /needs the argument host_id\.[\s\S]*\nIgnored an argument that msg-defender-threat-intel-host does not have: "hostid"\. Did you mean host_id\?$/,
  );
});

test('cve accepts its value as cve_id', async () => {
  const [, response] = await messages({ command: 'cve', args: { cve_id: 'CVE-2099-10001' }, door: 'xsoar' });
  expect(response?.entries?.[0]).toMatchObject({ Type: 1, Contents: { id: 'CVE-2099-10001' } });
});
