import type { Command } from '../../src/commands/declaration/command';
import { catalog } from '../../src/commands/generated/catalog';
import manifest from '../../src/manifest/generated/manifest.json';
import type { IndicatorCommand } from '../../src/output/verdict/indicator-command';
import { standardObject } from '../../src/output/verdict/standard';
import { SHARED_ROOTS } from '../../src/xsoar/context-keys';
import { VENDOR } from '../../src/xsoar/dbot-score';
import { findings } from './commands';
import { parentIds, plainPaths, resolveRoute } from './resolve';

const rating = Object.entries(catalog).flatMap(([name, command]: [string, Command]) =>
  'reads' in command ? [[name, command] as const] : [],
);

function declaredOutputs(name: string): string[] {
  const command = manifest.script.commands.find((one) => one.name === name);
  return command && 'outputs' in command ? (command.outputs ?? []).map(({ contextPath }) => contextPath) : [];
}

test('the vendor of every verdict is the name of the integration', () => {
  expect(VENDOR).toBe(manifest.name);
});

describe.each(rating)('%s', (name, command) => {
  const outputs = declaredOutputs(name);

  test.each(Object.entries(command.reads))(
    '%s is requested and shown with the Graph property names',
    (context, route) => {
      const place = resolveRoute(route, [command.indicator]);
      if (typeof place === 'string') throw new Error(place);
      const own = outputs.filter((path) => path.startsWith(`MSGDefenderThreatIntel.${context}.`));
      const requested = { name, context, routes: [route], argumentNames: [command.indicator], outputs: own };
      expect(findings(requested, place.type)).toEqual([]);
      const outcome = own.map((path) => path.slice(`MSGDefenderThreatIntel.${context}.`.length));
      const wanted = [...plainPaths(place.type), ...parentIds([route], context), 'odataType'];
      expect(outcome).toEqual(expect.arrayContaining(wanted));
    },
  );

  test('the manifest declares every field of standard context that can be filled, and no other', () => {
    const shared = outputs.filter((path) => path.startsWith(`${command.standard.name}.`));
    const others = ['Malicious', 'Relationships'].map((field) => `${command.standard.name}.${field}.`);
    const fields = shared.filter((path) => !others.some((other) => path.startsWith(other)));
    expect(fields.sort()).toEqual(leaves(filledObject(command), command.standard.name).sort());
  });

  test('every output is in shared or own context', () => {
    const roots = new Set(outputs.map((path) => path.split('.')[0] ?? ''));
    expect(
      [...roots].filter((root) => root !== 'MSGDefenderThreatIntel' && !SHARED_ROOTS.includes(root)),
    ).toEqual([]);
  });
});

/** The standard object of an indicator that Graph knows everything about. */
function filledObject({ standard }: IndicatorCommand): unknown {
  const contact = {
    name: 'n',
    organization: 'o',
    email: 'e',
    telephone: 't',
    address: { countryOrRegion: 'US' },
  };
  return standardObject(standard, 'indicator', {
    Host: {
      registrar: 'r',
      registrant: 'r',
      autonomousSystem: { number: 64497, organization: 'o' },
      countryOrRegion: 'US',
      hostingProvider: 'h',
      netblock: '192.0.2.0/24',
      lastSeenDateTime: '2025-01-22T01:18:43.986Z',
    },
    Whois: {
      registrationDateTime: '2025-01-22T01:18:43Z',
      lastUpdateDateTime: '2025-01-22T01:18:43Z',
      expirationDateTime: '2025-01-22T01:18:43Z',
      domainStatus: 'ok',
      nameservers: [{ host: { id: 'ns1.example.net' } }],
      registrant: contact,
      registrar: contact,
      abuse: contact,
      admin: contact,
      technical: contact,
      billing: contact,
    },
    Vulnerability: {
      cvss3Summary: { score: 9.8, vectorString: 'CVSS:3.1/AV:N' },
      publishedDateTime: '2025-01-22T01:18:43Z',
      lastModifiedDateTime: '2025-01-22T01:18:43Z',
      description: { content: 'd' },
    },
  });
}

function leaves(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${path}.${name}`));
}
