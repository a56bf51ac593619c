import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { VERSION } from '../../../src/base/version';
import { mcpServer } from '../../../src/doors/mcp/server';
import { openTransport } from '../../../src/engine/open-services';
import { type Sandbox, startSandbox } from '../../../src/sandbox';
import { memoryStore } from '../../../src/state/store';
import { WORLD } from '../../support/case';

let sandbox: Sandbox;
let client: Client;
/** Every message of the server, before the client looks at it. */
const received: object[] = [];
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
  const { params, ca } = sandbox;
  const server = mcpServer({ params, ca, store: memoryStore(), transport: openTransport(params, { ca }) });
  client = new Client({ name: 'test', version: '1' });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(theirs), client.connect(ours)]);
  const { onmessage } = ours;
  ours.onmessage = (message, extra) => {
    received.push(message);
    onmessage?.(message, extra);
  };
  await client.listTools();
});
afterAll(async () => {
  await client.close();
  await sandbox.close();
});
beforeEach(() => sandbox.reset());

interface Structured {
  readonly rows: readonly Record<string, unknown>[];
  readonly total: number;
  readonly more: boolean;
  readonly records?: readonly Record<string, unknown>[];
  readonly notes?: string;
  readonly cursor?: string;
}

/** The client itself checks every structured response against the tool's output schema. */
async function call(name: string, args: Record<string, unknown>) {
  const response = await client.callTool({ name, arguments: args });
  const [content] = response.content as { text: string }[];
  return {
    text: content?.text ?? '',
    isError: response.isError === true,
    found: response.structuredContent as unknown as Structured,
  };
}

test('every data command is a read-only tool with schemas and a name that leaves room for prefixes', async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['host_reputation', 'article_list', 'ip', 'cve']),
  );
  expect(tools.filter(({ name }) => name.includes('auth'))).toEqual([]);
  for (const tool of tools) {
    expect(tool.name).toMatch(/^[a-z_]{1,40}$/);
    expect(tool.annotations?.readOnlyHint).toBe(true);
    expect(tool.outputSchema).toBeDefined();
    expect(tool.description).not.toBe('');
  }
});

const HOST = { host_id: ['contoso.com'] };

/** A call of each tool that finds something in the sandbox's world. */
async function calls(): Promise<Record<string, Record<string, unknown>>> {
  const idOf = async (name: string, args: Record<string, unknown>) => {
    const { found, text } = await call(name, args);
    const id = found?.rows[0]?.id;
    if (typeof id !== 'string') throw new Error(`${name} found nothing: ${text}`);
    return id;
  };
  const host_id = 'contoso.com';
  const certificate = {
    ssl_certificate_id: await idOf('ssl_certificate_list', {
      search_property: 'subject/commonName',
      search_value: host_id,
    }),
  };
  const vulnerability_id = 'CVE-2099-10001';
  return {
    article_list: { limit: 2 },
    article_indicators_list: { article_id: await idOf('article_list', { limit: 1 }) },
    profile_list: { limit: 2 },
    profile_indicators_list: { intel_profile_id: await idOf('profile_list', { limit: 1 }) },
    ssl_certificate_list: certificate,
    ssl_certificate_related_hosts_list: certificate,
    vulnerability: { vulnerability_id: [vulnerability_id] },
    vulnerability_components_list: { vulnerability_id },
    vulnerability_articles_list: { vulnerability_id },
    whois_search: { search_property: 'registrant/email', search_value: 'registrant@contoso.com' },
    ip: { ip: ['192.0.2.1'] },
    domain: { domain: [host_id] },
    cve: { cve: [vulnerability_id] },
    expand: { seeds: [host_id] },
    investigate_host: { host: host_id },
    article_summary: { article_id: await idOf('article_list', { limit: 1 }) },
    profile_summary: { intel_profile_id: await idOf('profile_list', { limit: 1 }) },
    vulnerability_summary: { vulnerability_id },
    host: { host_id: [host_id] },
    host_whois: { host_id: [host_id] },
    host_reputation: { host_id: [host_id] },
    ...Object.fromEntries(
      [
        'whois_history',
        'components_list',
        'cookies_list',
        'pairs_list',
        'ports_list',
        'ssl_certificates_list',
        'trackers_list',
        'subdomains_list',
        'passive_dns_list',
      ].map((name) => [`host_${name}`, { host_id }]),
    ),
  };
}

test('every tool responds, and each response matches its schema', async () => {
  const { tools } = await client.listTools();
  const args = await calls();
  expect(Object.keys(args).sort()).toEqual(tools.map(({ name }) => name).sort());
  const responses = await Promise.all(tools.map(({ name }) => call(name, args[name] ?? {})));
  expect(responses.map(({ isError, text }) => (isError ? text : 'found'))).toEqual(tools.map(() => 'found'));
  expect(tools.filter((_, at) => responses[at]?.found.total === 0).map(({ name }) => name)).toEqual([]);
  const investigations = responses.filter(({ found }) => 'next' in found);
  expect(investigations).toHaveLength(5);
});

test('returns the rest of a long response by its cursor', async () => {
  const first = await call('article_list', { all_results: true });
  const rows = [...first.found.rows];
  let { cursor } = first.found;
  expect(cursor).toBeDefined();
  while (cursor !== undefined) {
    const next = await call('article_list', { all_results: true, cursor });
    rows.push(...next.found.rows);
    cursor = next.found.cursor;
  }
  expect(rows).toHaveLength(first.found.total);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
});

test.each(['x', 7, null, [], { toString: null }])('the unknown cursor %j is a tool error', async (cursor) => {
  expect(await call('article_list', { cursor })).toMatchObject({
    isError: true,
    text: 'cursor: expired or unknown. Call the tool again without it.',
  });
});

test('an unknown tool is a tool error that names the others', async () => {
  const { tools } = await client.listTools();
  const names = tools.map(({ name }) => name).join(', ');
  expect(await call('no_such', {})).toMatchObject({
    isError: true,
    text: `There is no tool "no_such". The tools are: ${names}.`,
  });
});

test('the server returns its name, and explains what the schemas leave out', () => {
  expect(client.getServerVersion()).toEqual({ name: 'msg-defender-threat-intel', version: VERSION });
  for (const word of ['investigate_host', 'limit', 'all_results', 'odata', 'detail', 'cursor', '<untrusted>'])
    expect(client.getInstructions()).toContain(word);
});

test('names missing observables and returns one verdict row per indicator', async () => {
  const { found } = await call('host', { host_id: ['contoso.com', 'absent.example'] });
  expect(found.total).toBe(1);
  expect(found.notes).toMatch('Not found: absent.example');
  const verdicts = await call('domain', { domain: ['contoso.com', 'example.org'] });
  expect(verdicts.found.rows.map(({ indicator }) => indicator)).toEqual(['contoso.com', 'example.org']);
});

test('a rejected request is a tool error with the message of Graph', async () => {
  const response = await call('article_list', { article_id: '00000000-0000-0000-0000-000000000000' });
  expect(response).toMatchObject({ isError: true, text: expect.stringMatching(/404|not found/i) });
});

test('an invalid argument is a tool error that names the allowed values', async () => {
  expect(await call('host', { host: 'contoso.com' })).toMatchObject({
    isError: true,
    text: expect.stringContaining('host_id, odata'),
  });
});

test('an error has the tool names and a command to run', async () => {
  const { text } = await call('host', { host: 'contoso.com' });
  expect(text).toContain('host has no argument "host".\nDid you mean host_id? Arguments: host_id, odata.');
  expect((await call('host', {})).text).toContain('host needs the argument host_id.');
  expect(text).not.toContain('msg-defender-threat-intel');
  expect((await call('investigate_host', {})).text).toContain('investigate_host needs the argument host.');
  expect((await call('investigate_host', { host_id: 'contoso.com' })).text).toBe(
    'investigate_host has no argument host_id. Did you mean host?',
  );
  sandbox.faults.rules.push({ kind: 'error', status: 401, times: 9 } as never);
  const refused = await call('article_list', { limit: 1 });
  expect(refused.text).toContain('Run `mdti doctor`');
});

test('the list of tools is short, and every tool has a title and an exact row', async () => {
  const { tools } = await client.listTools();
  expect(JSON.stringify({ tools }).length).toBeLessThan(40_000);
  for (const { title, name, outputSchema } of tools) {
    expect(title).toMatch(/^[A-Z]/);
    const { rows } = (outputSchema?.properties ?? {}) as {
      rows?: { items: { additionalProperties: boolean } };
    };
    if (rows !== undefined) expect([name, rows.items.additionalProperties]).toEqual([name, false]);
  }
});

test('total and more match the rows read', async () => {
  const { found } = await call('article_list', { limit: 5 });
  expect([found.rows.length, found.total, found.more]).toEqual([5, 5, true]);
  const counted = await call('article_list', { limit: 5, odata: '$count=true' });
  expect([counted.found.total, counted.found.more]).toEqual([128, true]);
  const { found: all } = await call('host_cookies_list', { host_id: 'contoso.com' });
  expect([all.rows.length, all.total, all.more]).toEqual([3, 3, false]);
});

test('rows are compact, and detail adds the whole objects', async () => {
  const { found } = await call('article_list', { limit: 1 });
  expect(found.rows[0]).not.toHaveProperty('body');
  expect(found.records).toBeUndefined();
  const full = await call('article_list', { limit: 1, detail: 'full' });
  expect(full.found.records?.[0]).toHaveProperty('body.content');
  expect(await call('article_list', { detail: 'long' })).toMatchObject({
    isError: true,
    text: 'detail: must be compact or full.',
  });
});

test('notes are short and on the first page only', async () => {
  const unknown = Array.from({ length: 300 }, (_, index) => `host-${index}.example`);
  const { found } = await call('host', { host_id: ['contoso.com', ...unknown] });
  expect(found.notes).toMatch(/^Not found: host-0\.example, .* and 280 more\.$/);
  expect(found.notes?.length).toBeLessThan(2_000);
});

test('an investigation names the next calls', async () => {
  const response = await client.callTool({
    name: 'investigate_host',
    arguments: { host: 'hxxps://contoso[.]com/x' },
  });
  const { next, found, host } = response.structuredContent as Record<string, unknown>;
  expect([found, host]).toEqual([true, expect.objectContaining({ id: 'contoso.com' })]);
  expect((next as { tool: string }[]).map(({ tool }) => tool)).toEqual(
    expect.arrayContaining(['investigate_host', 'ssl_certificate_related_hosts_list', 'expand']),
  );
  const graph = await client.callTool({
    name: 'expand',
    arguments: { seeds: ['contoso.com'], max_requests: 5 },
  });
  expect(graph.structuredContent).toMatchObject({ partial: true, end: 'max_requests' });
  expect(JSON.stringify(graph.structuredContent)).toContain('"max_requests":10');
});

test('a call without a progress token gets no progress', async () => {
  received.length = 0;
  await call('article_list', { all_results: true });
  expect(received).toHaveLength(1);
  expect(received[0]).toHaveProperty('result');
});

test('progress is reported', async () => {
  const outcome: number[] = [];
  const messages: unknown[] = [];
  await client.callTool({ name: 'article_list', arguments: { all_results: true } }, undefined, {
    onprogress({ progress, message }) {
      outcome.push(progress);
      messages.push(message);
    },
  });
  expect(outcome.length).toBeGreaterThan(0);
  expect(outcome).toEqual([...outcome].sort((one, other) => one - other));
  expect(messages).toEqual(outcome.map((progress) => `${progress} responses from Microsoft`));
});

test('a cancelled call ends on the wire', async () => {
  sandbox.faults = { ...sandbox.faults, latency: 60_000 };
  const ending = new AbortController();
  const called = client.callTool({ name: 'host', arguments: HOST }, undefined, { signal: ending.signal });
  setImmediate(() => ending.abort());
  await expect(called).rejects.toThrow();
});
