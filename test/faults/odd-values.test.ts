import { catalog } from '../../src/commands/generated/catalog';
import { openEngine } from '../../src/engine/engine';
import { pathPart, placeholders, queryPart, type Route } from '../../src/graph/route';
import type { HttpRequest, HttpResponse } from '../../src/http/transport';
import { initialFaults } from '../../src/sandbox/faults';
import { type GraphContext, respondAsGraph } from '../../src/sandbox/graph/service';
import { REQUIRED_ROLE } from '../../src/sandbox/options';
import { readWorld } from '../../src/sandbox/world';
import { WORLD } from '../support/case';
import { PARAMS } from '../support/recorder';

const GRAPH: GraphContext = {
  world: readWorld(WORLD),
  origin: 'https://graph.microsoft.com',
  tokens: { find: () => ({ expired: false, roles: [REQUIRED_ROLE] }) } as unknown as GraphContext['tokens'],
  faults: initialFaults({ pageSize: 3 }),
  meter: () => undefined,
  clock: Date.now,
};

/** Values that no documented property has, each of which broke something once or could. */
const ODD: readonly unknown[] = [
  { toString: null, valueOf: null },
  [{ toString: null, valueOf: null }],
  [[null]],
  -1.5,
  true,
  'constructor',
  '__proto__',
  null,
];

const TOKEN = '{"token_type":"Bearer","expires_in":3599,"access_token":"recorded-token"}';

/** Replaces every property of every object; of annotations those with text stay, since they lead to the next page. */
function withOdd(value: unknown, odd: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return value.map((item) => withOdd(item, odd, depth));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (name === 'value' || name === 'responses' || name === 'body' || depth === 0)
        return [name, withOdd(inner, odd, name === 'value' || name === 'body' ? 1 : depth)];
      if (name.startsWith('@odata.next')) return [name, inner];
      return [name, typeof inner === 'object' && depth < 2 ? withOdd(inner, odd, depth + 1) : odd];
    }),
  );
}

function responses(odd: unknown, everything: boolean) {
  return async (request: HttpRequest): Promise<HttpResponse> => {
    const headers = { 'content-type': 'application/json' };
    if (request.url.includes('/oauth2/')) return { status: 200, headers, body: TOKEN };
    const url = new URL(request.url);
    const { status, body } = respondAsGraph(GRAPH, {
      method: request.method,
      path: url.pathname,
      query: url.search.slice(1),
      headers: { authorization: 'Bearer a.b' },
      body: request.body ?? '',
    });
    const changed = everything ? withOdd(body, odd, 1) : withOdd(body, odd);
    return { status, headers, body: JSON.stringify(changed) };
  };
}

/** Arguments that lead every route of a command to a record of the world. */
function argumentsOf(name: string, command: { readonly routes?: readonly Route[] }): object[] {
  if (name === 'ip') return [{ ip: '192.0.2.10' }];
  if (name === 'domain') return [{ domain: 'contoso.com' }];
  if (name === 'cve') return [{ cve: 'CVE-2021-44228' }];
  return (command.routes ?? []).map(({ line, when }) => ({
    ...when,
    ...Object.fromEntries(
      [...placeholders(pathPart(line)), ...placeholders(queryPart(line))].map((argument) => [
        argument,
        idFor(argument),
      ]),
    ),
  }));
}

function idFor(argument: string): string {
  if (argument === 'host_id') return 'contoso.com';
  const type = argument
    .replace(/_id$/, '')
    .replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
    .replace(/^intelProfile/, 'intelligenceProfile');
  return String(GRAPH.world.all(type)[0]?.id ?? 'contoso.com');
}

const COMMANDS = Object.entries(catalog) as [string, { readonly routes?: readonly Route[] }][];

test.each(ODD.map((odd) => [JSON.stringify(odd), odd] as const))(
  'no command ends as INTERNAL where Graph sends %s in place of any value',
  async (_, odd) => {
    const internal: string[] = [];
    for (const everything of [true, false]) {
      const engine = openEngine({
        params: PARAMS,
        transport: responses(odd, everything),
        log: (level, event, fields) => {
          if (level === 'error') internal.push(`${fields?.command} ${event} ${fields?.fault}`);
        },
      });
      for (const [name, command] of COMMANDS)
        for (const args of argumentsOf(name, command)) await engine.execute(name, { ...args });
      await engine.execute('fetch-incidents');
      await engine.execute('test-module');
    }
    expect(internal).toEqual([]);
  },
);
