import { catalog, declarations } from '../../src/commands/generated/catalog';
import { ARTICLES_ROUTE } from '../../src/commands/incidents/read-articles';
import { PROBE_ROUTE } from '../../src/commands/login/probe';
import { PROBED_ROUTES } from '../../src/doctor/tenant-probes';
import { CVE_LOOKUP, HOST_LOOKUP } from '../../src/enrich/row';
import { pathPart, placeholders, queryPart, type Route } from '../../src/graph/route';
import manifest from '../../src/manifest/generated/manifest.json';
import { type DataCommand, dataCommands, findings, responseType } from './commands';
import { parentIds, plainPaths, resolveRoute } from './resolve';

const named = dataCommands.map((command) => [command.name, command] as const);

describe.each(named)('%s', (_name, command) => {
  const type = responseType(command);

  test('uses only documented Graph routes and properties', () => {
    expect(findings(command, type)).toEqual([]);
  });

  test('outputs all Graph properties of the object and its parent', () => {
    const prefix = `MSGDefenderThreatIntel.${command.context}.`;
    const outcome = command.outputs.map((output) => output.slice(prefix.length));
    const wanted = [...plainPaths(type), ...parentIds(command.routes, command.context), 'odataType'];
    expect(outcome).toEqual(expect.arrayContaining(wanted));
  });

  test('detects a misspelled route in any part', () => {
    const misspelled = command.routes.flatMap((route, index) =>
      misspellings(route).map((wrong) => ({ ...command, routes: command.routes.with(index, wrong) })),
    );
    expect(misspelled.length).toBeGreaterThanOrEqual(command.routes.length * 3);
    expect(misspelled.filter((wrong) => findings(wrong, type).length === 0)).toEqual([]);
  });

  test('detects a misspelled output in any part', () => {
    // Each alone: outputs are judged one by one, and the first test shows that the right ones pass.
    const misspelled = command.outputs.flatMap((output) =>
      misspellEach(output, '.').map((wrong) => ({ ...command, outputs: [wrong] })),
    );
    expect(misspelled.length).toBeGreaterThanOrEqual(command.outputs.length * 3);
    expect(misspelled.filter((wrong) => findings(wrong, type).length === 0)).toEqual([]);
  });
});

test('the manifest and the declarations name the same commands', () => {
  const inManifest = manifest.script.commands.map(({ name }) => name);
  expect(Object.keys(catalog).sort()).toEqual([...inManifest].sort());
});

test('no command is declared by two files', () => {
  const declared = Object.values(declarations).flatMap((commands) => Object.keys(commands));
  expect(declared).toEqual([...new Set(declared)]);
});

test.each([
  ['the sign-in probe', PROBE_ROUTE, 'article'],
  ['fetch-incidents', ARTICLES_ROUTE, 'article'],
  ['enrich, for a host', HOST_LOOKUP, 'hostReputation'],
  ['enrich, for a CVE', CVE_LOOKUP, 'vulnerability'],
])('the route of %s is in the model', (_, route, type) => {
  expect(resolveRoute(route, ['host_id', 'vulnerability_id'])).toMatchObject({ type });
});

test('the routes that doctor probes are in the model', () => {
  const unknown = PROBED_ROUTES.map((route) => resolveRoute(route, ['host_id', 'article_id'])).filter(
    (place) => typeof place === 'string',
  );
  expect(unknown).toEqual([]);
});

/** A route with one part misspelled at a time, the kind of its response among the parts. */
function misspellings({ returns, line }: DataCommand['routes'][number]): Route[] {
  const other = returns === 'entity' ? 'collection' : 'entity';
  const path = pathPart(line).slice(1);
  const lines = [
    ...misspellEach(path, '/').map((wrong) => line.replace(path, wrong)),
    ...placeholders(queryPart(line)).map((name) => line.replace(`{${name}}`, `{${name}x}`)),
  ];
  return [{ returns: other, line }, ...lines.map((wrong) => ({ returns, line: wrong as Route['line'] }))];
}

function misspellEach(path: string, separator: string): string[] {
  const parts = path.split(separator);
  return parts.map((part, index) => parts.with(index, part.replace(/\w(?=\W*$)/, '$&x')).join(separator));
}
