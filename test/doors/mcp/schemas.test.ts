import { Ajv } from 'ajv';
import type { JsonObject } from '../../../src/base/json';
import type { Command } from '../../../src/commands/declaration/command';
import { catalog } from '../../../src/commands/generated/catalog';
import { compact, compactSchema } from '../../../src/doors/mcp/compact';
import { GRAPH_TOOL } from '../../../src/doors/mcp/graph-tool';
import { firstSentences } from '../../../src/doors/mcp/input-schema';
import { outputSchema } from '../../../src/doors/mcp/output-schema';
import { parentIdsOf, type RowCommand, typesOf } from '../../../src/doors/mcp/result-types';
import { toolRows } from '../../../src/doors/mcp/rows';
import { summaryTool } from '../../../src/doors/mcp/summary-tools';
import { TOOLS, toolList } from '../../../src/doors/mcp/tools';
import { descendantsOf, navigationOf, propertiesOf, typeNamed } from '../../../src/model/model';
import { DBOT_SCORE_KEY } from '../../../src/xsoar/dbot-score';
import { resultEntry } from '../../../src/xsoar/entry';

/** The value at each path of a JSON value, except within the arguments of a next step, which may be any. */
function* pathsIn(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (typeof value !== 'object' || value === null || path.at(-1) === 'arguments') return;
  for (const [name, inner] of Object.entries(value)) {
    yield [...path, name];
    yield* pathsIn(inner, [...path, name]);
  }
}

/** A copy of a value with another one at this path. */
function replaced(
  value: unknown,
  [name, ...rest]: readonly string[],
  by: (old: unknown) => unknown,
): unknown {
  if (name === undefined) return by(value);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[name] = replaced(copy[name], rest, by);
  return copy;
}

/** A value of another type. */
const otherType = (old: unknown) => (typeof old === 'object' ? 'a text' : { an: 'object' });

const AJV = new Ajv({ strict: true, strictTypes: false });

/**
 * Expects that a schema describes a result exactly: each member with its type, and no other member in the objects at these paths. A
 * client that checks results then rejects nothing, and an agent knows what it will read.
 */
function expectExact(schema: JsonObject, result: unknown, closed: readonly (readonly string[])[]) {
  const accepts = AJV.compile(schema);
  expect([accepts(result), accepts.errors]).toEqual([true, null]);
  const paths = [...pathsIn(result)];
  expect(paths.filter((path) => accepts(replaced(result, path, otherType)))).toEqual([]);
  const wider = (old: unknown) => ({ ...(old as object), 'not declared': 1 });
  expect(closed.filter((path) => accepts(replaced(result, path, wider)))).toEqual([]);
}

/** Expects that a result without one of these members is rejected. */
function expectRequired(schema: JsonObject, result: object, names: readonly string[]) {
  const accepts = AJV.compile(schema);
  const needed = Object.keys(result).filter(
    (name) => !accepts(Object.fromEntries(Object.entries(result).filter(([other]) => other !== name))),
  );
  expect(needed.sort()).toEqual([...names].sort());
}

const SCALARS: Readonly<Record<string, unknown>> = {
  'Edm.Boolean': true,
  'Edm.Double': 1.5,
  'Edm.Int32': 7,
  'Edm.Int64': 7,
};

/** An object of Graph with a value for each member; records that it refers to have only an id, except for a certificate. */
function sampleOf(type: string, depth = 0): Record<string, unknown> {
  const single = (name: string): unknown => {
    const kind = typeNamed(name)?.kind;
    if (kind === undefined || kind === 'enum') return SCALARS[name] ?? 'text';
    const isWhole = depth < 3 && (kind !== 'entity' || (depth === 0 && name === 'sslCertificate'));
    return isWhole ? sampleOf(name, depth + 1) : { id: 'id' };
  };
  const members = [type, ...descendantsOf(type)].flatMap((name) => [
    ...Object.entries(propertiesOf(name)),
    ...Object.entries(navigationOf(name)),
  ]);
  return Object.fromEntries(
    members.map(([name, { type: inner, collection }]) => [
      name,
      collection ? [single(inner)] : single(inner),
    ]),
  );
}

const COMMANDS = Object.entries(catalog).filter(([name]) => !name.includes('-auth-')) as [
  string,
  RowCommand,
][];
const TYPES = [...new Set(COMMANDS.flatMap(([, command]) => Object.values(typesOf(command))))];

test.each(TYPES)('a compact %s is what its schema says', (type) => {
  expectExact(compactSchema(type), compact(type, sampleOf(type)), [[]]);
});

const LISTS = COMMANDS.filter(([, command]) => 'routes' in command);
const none = { isParent: true, notFound: false, error: undefined, more: false };

test.each(LISTS)('a row of %s is what its schema says', (_, command) => {
  const [type = ''] = Object.values(typesOf(command));
  const [parent] = parentIdsOf(command as never);
  const subject = parent === undefined ? undefined : { name: parent, id: 'contoso.com' };
  const lookup = { ...none, subject, rows: [sampleOf(type)] };
  const { rows } = toolRows(command, { entries: [], errors: [], lookups: [lookup] as never }, false);
  const result = { rows, total: 1, more: false, notes: 'a', cursor: 'b' };
  const schema = outputSchema(command);
  expectExact(schema, result, [['rows', '0']]);
  expectRequired(schema, result, ['rows', 'total', 'more']);
});

test.each(COMMANDS.filter(([, command]) => 'reads' in command))(
  'a verdict of %s is what its schema says',
  (_, command) => {
    const parts = Object.entries(typesOf(command)).map(([part, type]) => [part, sampleOf(type)] as const);
    const row = parts.length === 1 ? parts[0]?.[1] : Object.fromEntries(parts);
    const entries = [resultEntry({}, '', { [DBOT_SCORE_KEY]: { Score: 3, Message: 'x' } })];
    const lookups = [{ ...none, subject: { name: 'x', id: 'x' }, rows: [row] }];
    const { rows } = toolRows(command, { entries, errors: [], lookups: lookups as never }, false);
    const schema = outputSchema(command) as { properties: { rows: { items: JsonObject } } };
    expectExact(schema as never, { rows, total: 1, more: false }, [['rows', '0']]);
    expectRequired(schema.properties.rows.items, rows[0] ?? {}, ['indicator', 'score', 'verdict']);
  },
);

test('the graph of expand is what its schema says', () => {
  const node = {
    id: 'a',
    kind: 'domain',
    value: 'a',
    label: 'a',
    verdict: 'malicious',
    score: 7.5,
    hop: 1,
    count: 2,
  };
  const edge = { source: 'a', relation: 'r', target: 'a', detail: 'd', lastSeen: '2026-01-01' };
  const stop = { node: 'a', reason: 'r', detail: 'd' };
  const more = Array.from({ length: 400 }, (_, at) => ({ ...node, id: `${'n'.repeat(90)}${at}` }));
  const Graph = {
    nodes: [node, ...more],
    edges: [edge],
    stops: [stop],
    requests: 3,
    end: 'complete',
    partial: true,
  };
  const shaped = GRAPH_TOOL.shape({ entries: [resultEntry({ Graph }, '', null)], errors: [] }, {});
  expect(Object.keys(shaped)).toContain('leftOut');
  expectExact(GRAPH_TOOL.outputSchema, shaped, [[], ['nodes', '0'], ['edges', '0'], ['stops', '0']]);
  const shorter = { ...shaped, nodes: [node].map(({ kind, value, ...rest }) => rest) };
  expectRequired(GRAPH_TOOL.outputSchema, shorter, ['nodes', 'edges', 'end', 'partial', 'next']);
  const [step] = shaped.next as JsonObject[];
  for (const name of ['tool', 'arguments', 'why']) {
    const next = [Object.fromEntries(Object.entries(step ?? {}).filter(([other]) => other !== name))];
    expect(AJV.validate(GRAPH_TOOL.outputSchema, { ...shaped, next })).toBe(false);
  }
});

/** The parts of each summary that are one object. */
const SINGLE: Readonly<Record<Parameters<typeof summaryTool>[0], readonly string[]>> = {
  'host-summary': ['Host', 'HostReputation', 'Whois'],
  'article-summary': ['Article'],
  'profile-summary': ['Profile'],
  'vulnerability-summary': ['Vulnerability'],
};

test.each(Object.keys(SINGLE) as (keyof typeof SINGLE)[])(
  'the result of %s is what its schema says',
  (name) => {
    const tool = summaryTool(name, 'Everything.');
    const command = catalog[`msg-defender-threat-intel-${name}` as 'ip'] as Command;
    const contents = Object.fromEntries(
      Object.entries(typesOf(command)).map(([part, type]) => [
        part,
        SINGLE[name].includes(part) ? sampleOf(type) : [sampleOf(type)],
      ]),
    ) as Record<string, unknown>;
    if (name === 'host-summary') contents.PassiveDnsReverse = [sampleOf('passiveDnsRecord')];
    const shaped = tool.shape({ entries: [resultEntry(contents, 'Failed: x', null)], errors: [] }, {});
    expect(shaped.passiveDnsReverse).toEqual(name === 'host-summary' ? shaped.passiveDns : undefined);
    expect(Object.keys(tool.outputSchema.properties as object).sort()).toEqual(Object.keys(shaped).sort());
    expectExact(tool.outputSchema, shaped, [[]]);
    expectRequired(tool.outputSchema, shaped, ['found', 'next']);
  },
);

describe('the list of tools', () => {
  const tools = toolList();
  const toolNamed = (name: string) => tools.find((tool) => tool.name === name);
  const inputOf = (name: string) =>
    toolNamed(name)?.inputSchema as { properties: Record<string, JsonObject> };

  test('has one for each command except for those that sign in', () => {
    expect([...TOOLS.values()].filter((name) => name.includes('-auth-'))).toEqual([]);
    expect(tools.map(({ name }) => name).sort()).toEqual(
      COMMANDS.map(([name]) => name.replace('msg-defender-threat-intel-', '').replaceAll('-', '_'))
        .map((name) => (name === 'host_summary' ? 'investigate_host' : name))
        .sort(),
    );
  });

  test('has titles that people read', () => {
    expect(
      ['ip', 'cve', 'host_passive_dns_list', 'host_ssl_certificates_list', 'whois_search'].map(
        (name) => toolNamed(name)?.title,
      ),
    ).toEqual(['IP', 'CVE', 'Host passive DNS list', 'Host SSL certificates list', 'WHOIS search']);
  });

  test('has the description of the command, or a separate one', () => {
    expect(
      ['host_cookies_list', 'whois_search', 'vulnerability_summary'].map(
        (name) => toolNamed(name)?.description,
      ),
    ).toEqual([
      'Lists the cookies that were seen on a host, or reads one by its ID.',
      'Searches current WHOIS records by one of their properties.',
      'A vulnerability with its rating, components and articles.',
    ]);
  });

  test('names the arguments that a command needs, if it needs any', () => {
    expect(['ip', 'article_list'].map((name) => toolNamed(name)?.inputSchema.required)).toEqual([
      ['ip'],
      undefined,
    ]);
    expect(toolNamed('article_list')?.inputSchema).not.toHaveProperty('required');
  });

  test('has schemas that a client can use', () => {
    for (const { inputSchema, outputSchema: output } of tools) {
      expect(AJV.validateSchema(inputSchema)).toBe(true);
      expect(AJV.validateSchema(output)).toBe(true);
    }
  });

  test.each<[string, JsonObject, boolean]>([
    ['host_cookies_list', { host_id: 'contoso.com' }, true],
    ['ip', {}, false],
    ['host_cookies_list', { host_id: 'contoso.com', limit: 5 }, true],
    ['host_cookies_list', { host_id: 'contoso.com', limit: 'five' }, false],
    ['host_cookies_list', { host_id: 'contoso.com', detail: 'full', cursor: 'x' }, true],
    ['host_cookies_list', { host_id: 'contoso.com', detail: 'none' }, false],
    ['host_cookies_list', { host_id: 'contoso.com', cursor: 7 }, false],
    ['ip', { ip: ['192.0.2.1'] }, true],
    ['ip', { ip: '192.0.2.1' }, false],
    ['ip', { ip: [7] }, false],
    ['article_list', {}, true],
    ['article_list', { article_id: 7 }, false],
    ['investigate_host', { host: 'contoso.com', rows: 200 }, true],
    ['investigate_host', {}, false],
    ['investigate_host', { host: 7 }, false],
    ['investigate_host', { host: 'contoso.com', rows: 0 }, false],
    ['investigate_host', { host: 'contoso.com', rows: 201 }, false],
    ['investigate_host', { host: 'contoso.com', rows: 1.5 }, false],
    ['investigate_host', { host: 'contoso.com', host_id: 'contoso.com' }, false],
    ['ssl_certificate_list', { search_property: 'nonsense', search_value: 'x' }, false],
    ['ssl_certificate_list', { search_property: 'subject/commonName', search_value: 'x' }, true],
  ])('%s with %j: %j', (name, args, isAllowed) => {
    expect(AJV.compile(inputOf(name) as never)(args)).toBe(isAllowed);
  });

  test('gives each argument a type, also where its values are listed', () => {
    expect(inputOf('host_ssl_certificates_list').properties).toMatchObject({
      host_id: { type: 'string' },
      limit: { type: 'integer' },
      odata: { type: 'string' },
    });
    expect(inputOf('host_ports_list').properties.expand_certificate).toMatchObject({ type: 'boolean' });
    expect(inputOf('ssl_certificate_list').properties.search_property).toMatchObject({ type: 'string' });
  });

  test('investigations have one result, so they have neither pages nor whole records', () => {
    for (const name of ['expand', 'article_summary', 'investigate_host'])
      expect(Object.keys(inputOf(name).properties)).not.toEqual(expect.arrayContaining(['cursor']));
    expect(Object.keys(inputOf('expand').properties)).not.toContain('detail');
  });

  test('explains arguments in one short sentence, and common ones not at all', () => {
    for (const { name } of tools)
      for (const [argument, schema] of Object.entries(inputOf(name).properties)) {
        const description = schema.description as string | undefined;
        const isCommon = /^(?:odata|limit|cursor|detail)$|_id$/.test(argument);
        expect([name, argument, description === undefined]).toEqual([name, argument, isCommon]);
        expect(description ?? 'A.').toMatch(/^\S.*\S$/);
      }
    expect(Object.keys(inputOf('host_cookies_list').properties)).not.toContain('all_results');
    expect(Object.keys(inputOf('expand').properties)).not.toContain('format');
  });
});

test.each([
  ['One.', 'One.'],
  ['  One \n\n two. ', 'One two.'],
  [`${'x'.repeat(80)}. Two.`, `${'x'.repeat(80)}.`],
  [`${'x'.repeat(54)}. Two.`, `${'x'.repeat(54)}. Two.`],
  [`${'x'.repeat(55)}. Two.`, `${'x'.repeat(55)}.`],
  ['One e.g. two.   Three.', 'One e.g. two. Three.'],
  [`One ${'x'.repeat(50)}: Two. three.`, `One ${'x'.repeat(50)}: Two. three.`],
  ['From MSGDefenderThreatIntel.Article.id.', 'From the id of Article.'],
  ['', ''],
])('of the description %j an argument has %j', (text, kept) => {
  expect(firstSentences(text)).toBe(kept);
});
