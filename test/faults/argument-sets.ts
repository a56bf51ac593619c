import type { Command } from '../../src/commands/declaration/command';
import { catalog } from '../../src/commands/generated/catalog';
import { placeholders } from '../../src/graph/route';
import { commands } from '../../src/manifest/generated/commands';
import type { CommandName } from '../../src/manifest/generated/types';
import type { Random } from './random';

export interface ArgumentSet {
  readonly command: string;
  readonly args: Readonly<Record<string, unknown>>;
}

const NAMES = (Object.keys(catalog) as CommandName[]).filter(
  (name) => !('run' in (catalog[name] as Command)),
);

const HOSTS = [
  ...['contoso.com', 'WWW.Contoso.COM', 'contoso[.]com', 'hxxps://contoso[.]com/x?y#z', 'bücher.example'],
  ...['192.0.2.7', '198[.]51[.]100[.]3', '2001:db8::1', '[2001:DB8::1]:443', 'xn--bcher-kva.example'],
  ...['_dmarc.contoso.com', 'contoso.com.', ' contoso.com ', 'a-b.c-d.example.org'],
];

/** Values that an argument may have; ids of records are any text. */
const VALUES: Readonly<Record<string, (random: Random) => unknown>> = {
  host_id: ({ pick }) => pick(HOSTS),
  domain: ({ pick }) => pick(['contoso.com', 'hxxp://contoso[.]com', 'bücher.example', 'www.example.org']),
  ip: ({ pick }) => pick(['192.0.2.7', '203[.]0[.]113[.]9', '2001:db8::9']),
  cve: ({ below }) => `CVE-2026-${1000 + below(9000)}`,
  vulnerability_id: ({ below }) => `cve-2025-${1000 + below(90000)}`,
  limit: ({ pick }) => pick([1, '7', '50', 1000, ' 3 ']),
  all_results: ({ pick }) => pick([true, false, 'true', 'FALSE']),
  search: (random) => `${random.text(30)}x`,
  search_value: (random) => `x${random.text(20)}`,
  search_property: () => undefined,
  odata: ({ pick }) =>
    pick([
      ...[
        '$select=title',
        '?$top=5',
        "$filter=contains(title,'a & b#c')",
        '%24count=true',
        '$orderby=id desc',
      ],
      ...['$select=id&$skip=3', "$filter=title eq '100%'", '$search="a \\" & b"', '$expand=tags'],
    ]),
  direction: () => undefined,
};

/** Arguments of one command: most of them plausible, some damaged, some nonsense. */
export function argumentSet(random: Random): ArgumentSet {
  const { pick, chance, text } = random;
  const { command, args: meant } = meantSet(random);
  if (chance(70)) return { command, args: meant };
  const spoilt = pick([...Object.keys(commands[command].arguments), text(12), '__proto__', 'toString']);
  const args = Object.fromEntries([...Object.entries(meant), [spoilt, anything(random, 3)]]);
  return { command: chance(3) ? text(20) : command, args };
}

/** Arguments of one command with plausible values. */
export function meantSet(random: Random): ArgumentSet & { readonly command: CommandName } {
  const command = random.pick(NAMES);
  return { command, args: meaningful(random, command) };
}

function meaningful(random: Random, name: CommandName): Record<string, unknown> {
  const specs = commands[name].arguments;
  const ids = idsOf(random, catalog[name] as Command);
  const rest = Object.keys(specs).filter((argument) => specs[argument]?.required || random.chance(25));
  const others = rest.filter((argument) => !idNames(catalog[name] as Command).includes(argument));
  const args = [...new Set([...ids, ...others])].map((argument) => {
    const spec = specs[argument];
    const choices = spec?.choices;
    const one = () =>
      choices === undefined ? (VALUES[argument] ?? recordIdOf)(random) : random.pick(choices);
    const list = spec?.kind === 'list' && random.chance(30);
    return [argument, list ? Array.from({ length: 1 + random.below(4) }, one) : one()] as const;
  });
  return Object.fromEntries(args);
}

function recordIdOf(random: Random): string {
  return `x${Buffer.from(random.text(20)).toString('base64')}`;
}

function idNames(command: Command): string[] {
  return 'routes' in command ? command.routes.flatMap((route) => placeholders(route.line)) : [];
}

/** The ids of one route; of an indicator command its one argument is required anyway. */
function idsOf({ pick }: Random, command: Command): readonly string[] {
  return 'routes' in command && command.routes.length > 0 ? placeholders(pick(command.routes).line) : [];
}

/** A value of any type and any depth up to `depth`. */
export function anything(random: Random, depth: number): unknown {
  const { below, pick, text } = random;
  const kind = below(depth === 0 ? 6 : 8);
  if (kind < 3) return text(40);
  if (kind === 3) return pick([0, -1, 1e308, 2 ** 53, 0.5, below(100)]);
  if (kind === 4) return pick([true, false, null]);
  if (kind === 5)
    return pick(['', '..', '.', '../../../me', '//evil.example/', '%2e%2e%2f', 'https://evil.example/v1.0']);
  if (kind === 6) return Array.from({ length: below(4) }, () => anything(random, depth - 1));
  return Object.fromEntries(Array.from({ length: below(4) }, () => [text(8), anything(random, depth - 1)]));
}
