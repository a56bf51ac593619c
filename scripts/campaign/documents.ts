import { argumentSet, meantSet } from '../../test/faults/argument-sets';
import type { Random } from '../../test/faults/random';

/** A line for a program, and whether a working service must give it a result. */
export interface Line {
  readonly text: string;
  /** The id that the response has to carry. */
  readonly id?: number;
  readonly meant: boolean;
}

const LONG = 300_000;
const HUGE = 6_000_000;

const ODD: readonly ((random: Random) => unknown)[] = [
  () => null,
  () => ({ toString: null, valueOf: null }),
  ({ text }) => text(40),
  ({ below }) => 'x'.repeat(below(LONG)),
  ({ below }) => 'eyJ-'.repeat(below(HUGE / 4)),
  ({ below }) => Array.from({ length: below(HUGE / 12) }, (_, at) => at),
  ({ below }) => '${'.repeat(below(5_000)),
  ({ below }) => '%25'.repeat(below(LONG / 3)),
  () => JSON.parse(`${'['.repeat(150)}${']'.repeat(150)}`),
  () => -1,
  () => ['contoso.com', { a: 1 }, null],
  () => ({ __proto__: null, constructor: { prototype: { polluted: true } } }),
];

function odd(random: Random): unknown {
  return random.pick(ODD)(random);
}

/** Arguments of the commands that the sandbox always gives a result for. */
const GOOD = [
  ['msg-defender-threat-intel-host', { host_id: 'contoso.com' }],
  ['msg-defender-threat-intel-article-list', { limit: '7' }],
  ['domain', { domain: 'contoso.com,login-update.example' }],
  ['ip', { ip: '192.0.2.10' }],
  ['cve', { cve: 'CVE-2021-44228' }],
  ['test-module', {}],
  ['fetch-incidents', {}],
] as const;

export function invocation(
  random: Random,
  params: object,
): { readonly document: object; readonly meant: boolean } {
  const { chance, pick } = random;
  if (chance(40)) {
    const [command, args] = pick(GOOD);
    return { document: { command, args, params }, meant: true };
  }
  const { command, args } = chance(50) ? argumentSet(random) : meantSet(random);
  const spoilt = chance(30) ? { [pick(Object.keys(params))]: odd(random) } : {};
  return {
    document: {
      command: chance(90) ? command : odd(random),
      args: chance(85) ? args : odd(random),
      params: chance(95) ? { ...params, ...spoilt } : odd(random),
      ...(chance(20) ? { integrationContext: odd(random) } : {}),
      ...(chance(20) ? { lastRun: odd(random) } : {}),
    },
    meant: false,
  };
}

/** A line that is not a document of any protocol. */
export function brokenLine({ pick, text }: Random): string {
  return pick(['{', '[]', 'null', '"', '['.repeat(20_000), '\u0000', `x${text(200).replace(/\s/g, ' ')}`]);
}

/** JSON-RPC of an MCP client; the first line of a session is `initialize`. */
export function mcpLine(random: Random, id: number): Line {
  const { chance, pick } = random;
  const call = (method: string, params: object): string =>
    JSON.stringify({ jsonrpc: '2.0', id, method, params });
  if (id === 0)
    return {
      id,
      meant: true,
      text: call('initialize', {
        protocolVersion: '2025-06-18',
        capabilities: {},
        clientInfo: { name: 'campaign', version: '1' },
      }),
    };
  if (chance(10)) return { text: brokenLine(random), meant: false };
  if (chance(30))
    return { id, meant: true, text: call('tools/call', { name: 'ip', arguments: { ip: '192.0.2.10' } }) };
  const args = chance(50)
    ? { [pick(['ip', 'host', 'cursor', 'limit'])]: odd(random) }
    : argumentSet(random).args;
  return {
    id,
    meant: false,
    text: call('tools/call', { name: pick(['ip', 'host', 'investigate_host', 'x']), arguments: args }),
  };
}

export function warRoomLine(random: Random): string {
  const { chance, pick, text } = random;
  if (chance(40)) return pick(['!ip ip=192.0.2.10', 'host contoso.com', '/context', '/entries', '/help']);
  return pick([
    '!',
    '${',
    `!ip ip=${text(30)}`,
    `!ip ip=\${${text(10)}}`,
    '${'.repeat(1_600),
    text(60),
    '/entries 99',
  ])
    .replace(/[\r\n\u2028]/g, ' ')
    .replace(/^\s*\/(?:export|import|delete|rename|open|clear|exit)/, '');
}

/** A line of a list of observables: never empty, so that each line is one row. */
export function observable(random: Random): string {
  const { below, pick, text } = random;
  const line = pick([
    `host-${below(500)}.contoso.com`,
    `192.0.2.${below(256)}`,
    'contoso[.]com',
    'CVE-2021-44228',
    'x'.repeat(10_000),
    text(20).replace(/[\r\n\ud800-\udfff]/g, ' '),
  ])
    .trim()
    .replace(/^"([^"]*)"$/, '$1')
    .trim();
  return line === '' || line.startsWith('#') ? 'contoso.com' : line;
}
