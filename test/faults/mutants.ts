import type { HttpRequest, HttpResponse } from '../../src/http/transport';
import { initialFaults } from '../../src/sandbox/faults';
import { type GraphContext, respondAsGraph } from '../../src/sandbox/graph/service';
import { REQUIRED_ROLE } from '../../src/sandbox/options';
import { readWorld } from '../../src/sandbox/world';
import { WORLD } from '../support/case';
import { type ArgumentSet, anything } from './argument-sets';
import type { Random } from './random';

const GRAPH: GraphContext = {
  world: readWorld(WORLD),
  origin: 'https://graph.microsoft.com',
  tokens: { find: () => ({ expired: false, roles: [REQUIRED_ROLE] }) } as unknown as GraphContext['tokens'],
  faults: initialFaults({ pageSize: 5 }),
  meter: () => undefined,
  clock: Date.now,
};

/** The same arguments with ids that the world knows. */
export function withRealIds({ command, args }: ArgumentSet, random: Random): ArgumentSet {
  const real = Object.entries(args).map(([name, value]) => {
    const ids = GRAPH.world.all(typeOf(name)).map(({ id }) => id);
    return [name, ids.length > 0 && name !== 'host_id' ? random.pick(ids) : value] as const;
  });
  return { command, args: Object.fromEntries(real) };
}

/** `intelligenceProfileIndicator` for `intel_profile_indicator_id`. */
function typeOf(argument: string): string {
  return argument
    .replace(/_id$/, '')
    .replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
    .replace(/^intelProfile/, 'intelligenceProfile');
}

/** What the sandbox returns, with something wrong about it: in the values, in the text, in the headers, in the status. */
export function mutant(random: Random, request: HttpRequest): HttpResponse {
  const { chance, pick, below } = random;
  const url = new URL(request.url);
  const { status, headers, body } = respondAsGraph(GRAPH, {
    method: request.method,
    path: url.pathname,
    query: url.search.slice(1),
    headers: { authorization: 'Bearer a.b' },
    body: request.body ?? '',
  });
  let text = typeof body === 'string' ? body : JSON.stringify(mutated(random, body));
  if (chance(15))
    text = pick([...SPOILT, text.slice(0, below(text.length)), text.replace(/"id"/g, '"__proto__"')]);
  return {
    status: chance(85)
      ? status
      : pick([100, 204, 206, 302, 400, 401, 403, 404, 409, 429, 500, 503, 599, 999]),
    headers: { ...headers, ...(chance(20) ? { [pick(HEADERS)]: random.text(30) } : {}) },
    body: text,
  };
}

const HEADERS = ['content-type', 'retry-after', 'request-id', 'location', 'x-unknown'];

const SPOILT = [
  ...[
    '',
    ' ',
    'null',
    '[]',
    '{}',
    '"text"',
    '0',
    'true',
    '{"value":',
    '<html></html>',
    '\u0000',
    '{"value":null}',
  ],
  ...[
    '{"error":{}}',
    '{"error":"text"}',
    '{"error":{"code":1,"message":[]}}',
    '{"value":[null]}',
    '{"value":{}}',
  ],
  `{"id":"a","deep":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
];

const LINKS = [
  ...[
    'https://evil.example/v1.0/security/threatIntelligence/articles',
    '//evil.example/',
    'javascript:alert(1)',
  ],
  ...[
    'https://graph.microsoft.com/v1.0/me',
    'https://graph.microsoft.com/v1.0/security/threatIntelligence/../x',
  ],
  ...['https://graph.microsoft.com/v1.0/security/threatIntelligence/articles?$skiptoken=1', '', 'x'],
];

/** The same value with about one property in ten changed, gone, or added to. */
function mutated(random: Random, value: unknown): unknown {
  const { chance, pick } = random;
  if (chance(2)) return anything(random, 2);
  if (Array.isArray(value)) {
    const items = value.map((item) => mutated(random, item));
    return chance(10) ? [...items, ...items, anything(random, 1)] : items;
  }
  if (typeof value !== 'object' || value === null) return chance(5) ? random.text(200) : value;
  const members = Object.entries(value)
    .filter(() => !chance(3))
    .map(([name, inner]) => [name, mutated(random, inner)] as const);
  const link = chance(3) ? [['@odata.nextLink', pick(LINKS)] as const] : [];
  const added = chance(5) ? [[random.text(6), anything(random, 2)] as const] : [];
  return Object.fromEntries([...members, ...link, ...added]);
}
