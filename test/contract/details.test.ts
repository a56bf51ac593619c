import { catalog } from '../../src/commands/generated/catalog';
import { queryPart, type Route } from '../../src/graph/route';
import { commands } from '../../src/manifest/generated/commands';
import type { CommandName } from '../../src/manifest/generated/types';
import { plainPaths, resolveOutput, resolveRoute } from './resolve';

const names = Object.keys(commands) as CommandName[];
const routes: (readonly [CommandName, Route])[] = names.flatMap((name) => {
  const command = catalog[name];
  return 'routes' in command ? command.routes.map((route) => [name, route] as const) : [];
});

function typeBehind([name, route]: readonly [CommandName, Route]): string {
  const place = resolveRoute(route, Object.keys(commands[name].arguments));
  return typeof place === 'string' ? place : place.type;
}

test.each(routes.filter(([, { when }]) => when !== undefined))(
  'what decides for a route of %s is a word of that argument',
  (name, { when = {} }) => {
    for (const [argument, word] of Object.entries(when))
      expect(commands[name].arguments[argument]?.choices).toContain(word);
  },
);

test.each(routes.filter(([, { newestBy }]) => newestBy !== undefined))(
  'what the rows of %s are ordered by is a date of theirs',
  (name, route) => {
    const property = route.newestBy ?? '';
    expect(property).toMatch(/DateTime$/);
    expect(resolveOutput(typeBehind([name, route]), property)).toBeUndefined();
  },
);

const CONTACTS = ['registrant', 'registrar', 'abuse', 'admin', 'billing', 'noc', 'technical', 'zone'];

/** What Graph documents as searchable, the fields below a name taken from the model. */
const SEARCHABLE: Readonly<Record<string, readonly string[]>> = {
  sslCertificate: [
    'fingerprint',
    'sha1',
    'serialNumber',
    ...below('sslCertificateEntity', ['subject', 'issuer']),
  ],
  whoisRecord: [...below('whoisContact', CONTACTS), 'nameservers/host/id'],
};

function below(type: string, owners: readonly string[]): string[] {
  return owners.flatMap((owner) => plainPaths(type).map((path) => `${owner}/${path.replaceAll('.', '/')}`));
}

const searches = routes.filter(([, { line }]) => queryPart(line).startsWith('$search='));

test('a search by property is among the routes', () => {
  expect(searches).not.toEqual([]);
});

test.each(searches)('%s searches by all properties that Graph documents, and no others', (name, route) => {
  const allowed = commands[name].arguments.search_property?.choices ?? [];
  expect([...allowed].sort()).toEqual([...(SEARCHABLE[typeBehind([name, route])] ?? [])].sort());
});
