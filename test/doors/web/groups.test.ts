import type { WebGraph, WebNode } from '../../../src/doors/web/shared/protocol';
import { webOfEachTest } from './web-server';

const on = webOfEachTest();

async function graph(): Promise<WebGraph> {
  return (await on.web.get('/api/graph')).json;
}

function groupIn({ nodes }: WebGraph): WebNode | undefined {
  return nodes.find(({ kind }) => kind === 'group');
}

async function open(group: string): Promise<void> {
  const ended = on.web.until(({ type }) => type === 'job-ended');
  expect((await on.web.post('/api/open', { group })).status).toBe(202);
  await ended;
}

test('a group that an expansion counted opens page by page until nothing is left', async () => {
  await on.web.run('expand contoso.com follow=subdomains fan_out=5');
  const first = await graph();
  expect(groupIn(first)).toMatchObject({
    label: '97 subdomains',
    counted: { hub: 'domain:contoso.com', relation: 'subdomain-of', direction: 'in', left: 97 },
  });
  const left: (number | undefined)[] = [];
  for (let group = groupIn(first); group !== undefined; group = groupIn(await graph())) {
    await open(group.id);
    left.push(groupIn(await graph())?.counted?.left);
  }
  expect(left).toEqual([77, 57, 37, 17, undefined]);
  const { nodes, edges } = await graph();
  expect(nodes.filter(({ kind }) => kind === 'domain')).toHaveLength(103);
  expect(edges.every(({ source, target }) => nodes.some(({ id }) => id === source || id === target))).toBe(
    true,
  );
  expect((await on.web.get('/api/state')).json.lines.at(-1).line).toBe(
    '!host-subdomains host_id=contoso.com limit=105',
  );
});

test('neighbors that another command found are not counted in the group', async () => {
  await on.web.run('expand contoso.com follow=subdomains fan_out=5');
  await on.web.run('host-subdomains contoso.com limit=50');
  expect(groupIn(await graph())).toMatchObject({ counted: { left: 52 } });
  await on.web.run('host-subdomains contoso.com all_results=true');
  expect(groupIn(await graph())).toBeUndefined();
});

test('a group that is not on the graph cannot be opened', async () => {
  for (const group of ['group:domain:contoso.com subdomain-of in', '', 'domain:contoso.com'])
    expect(await on.web.post('/api/open', { group })).toMatchObject({
      status: 400,
      json: { message: 'The group is not on the graph.', hint: 'Reload the page.' },
    });
});

test('a page that was cancelled leaves the group unchanged', async () => {
  await on.web.run('expand contoso.com follow=subdomains fan_out=5');
  const before = groupIn(await graph());
  on.sandbox.faults = { ...on.sandbox.faults, latency: 600_000 };
  const ended = on.web.until(({ type }) => type === 'job-ended');
  const { json } = await on.web.post('/api/open', { group: before?.id });
  await on.web.post('/api/cancel', { id: json.id });
  await ended;
  expect(groupIn(await graph())).toEqual(before);
});

test('the menu of a node has the number of records that Graph has, and nothing is recorded', async () => {
  await on.web.run('host contoso.com');
  const path = '/api/totals?node=domain%3Acontoso.com';
  const { json } = await on.web.get(path);
  expect(json).toMatchObject({ Resolutions: 6, Subdomains: 102, Certificates: 3, Cookies: 3, Articles: 0 });
  const requests = on.sandbox.requests.length;
  expect((await on.web.get(path)).json).toEqual(json);
  expect(on.sandbox.requests).toHaveLength(requests);
  expect((await on.web.get('/api/state')).json.lines).toHaveLength(1);
  expect((await on.web.get('/api/totals?node=domain%3Anobody.example')).json).toEqual({});
});

test('the totals of a node that left the graph are counted once more when it returns', async () => {
  const totals = (node: string) => on.web.get(`/api/totals?node=${encodeURIComponent(node)}`);
  await on.web.run('ip 192.0.2.1');
  await totals('address:192.0.2.1');
  await on.web.post('/api/clear');
  await on.web.run('host contoso.com');
  await totals('domain:contoso.com');
  await on.web.run('ip 192.0.2.1');
  const { length } = on.sandbox.requests;
  await totals('domain:contoso.com');
  expect(on.sandbox.requests).toHaveLength(length);
  await totals('address:192.0.2.1');
  expect(on.sandbox.requests.length).toBeGreaterThan(length);
});

test('totals that could not be counted are counted the next time', async () => {
  await on.web.run('host contoso.com');
  const path = '/api/totals?node=domain%3Acontoso.com';
  on.sandbox.faults = { ...on.sandbox.faults, rules: [{ kind: 'error', status: 403, times: 1_000 }] };
  expect((await on.web.get(path)).json).toEqual({});
  on.sandbox.reset();
  expect((await on.web.get(path)).json).toMatchObject({ Subdomains: 102 });
});

test('the registrant of a domain is on the graph and in every export', async () => {
  await on.web.run('host-whois contoso.com');
  const { nodes, edges } = await graph();
  expect(nodes).toContainEqual({
    id: 'registrant:registrant@contoso.com',
    kind: 'registrant',
    value: 'registrant@contoso.com',
    label: 'Contoso, Ltd.',
  });
  expect(edges).toContainEqual(
    expect.objectContaining({
      source: 'domain:contoso.com',
      relation: 'registered-by',
      target: 'registrant:registrant@contoso.com',
    }),
  );
  const { objects } = (await on.web.get('/api/graph-file?format=stix')).json;
  expect(objects).toContainEqual(
    expect.objectContaining({ type: 'identity', contact_information: 'registrant@contoso.com' }),
  );
  expect(objects).toContainEqual(
    expect.objectContaining({ type: 'relationship', description: 'registered-by' }),
  );
  expect((await on.web.get('/api/graph-file?format=graphml')).text).toMatch('registered-by');
  expect((await on.web.get('/api/graph-file?format=mermaid')).text).toMatch('|registered-by|');
});
