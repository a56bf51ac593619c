import { readPath } from '../../../src/xsoar/context/read';

const CONTEXT = {
  MSGDefenderThreatIntel: {
    Host: [
      { id: 'contoso.com', registrar: 'Example', ports: [{ port: 80 }, { port: 443 }], 'a-b': 1 },
      { id: 'example.org', ports: [{ port: 443 }], live: true },
      { id: '192.0.2.1', autonomousSystem: { name: 'Example AS' } },
    ],
    Whois: { id: 'w1', whoisServer: 'whois.example.org' },
  },
};
const HOST = 'MSGDefenderThreatIntel.Host';

const FOUND: readonly [string, unknown][] = [
  [`${HOST}.id`, ['contoso.com', 'example.org', '192.0.2.1']],
  [`${HOST}.registrar`, ['Example']],
  [`${HOST}.autonomousSystem.name`, ['Example AS']],
  [`${HOST}.ports.port`, [80, 443, 443]],
  [`${HOST}.[0].id`, 'contoso.com'],
  [`${HOST}[1].id`, 'example.org'],
  [`${HOST}.[0:1].id`, ['contoso.com', 'example.org']],
  [`${HOST}.[1:9].id`, ['example.org', '192.0.2.1']],
  [`${HOST}.id.[2]`, '192.0.2.1'],
  [`${HOST}(val.id == 'example.org').live`, [true]],
  [`${HOST}(val.id == "example.org").ports.port`, [443]],
  [`${HOST}(val.live == true).id`, ['example.org']],
  [`${HOST}.ports(val.port == 443)`, [{ port: 443 }, { port: 443 }]],
  [`${HOST}.ports(val.port == '80').port`, [80]],
  [`${HOST}.a-b`, [1]],
  ['MSGDefenderThreatIntel.Whois.whoisServer', 'whois.example.org'],
  ['MSGDefenderThreatIntel.Whois.[0].id', 'w1'],
  ["MSGDefenderThreatIntel.Whois(val.id == 'w1').id", ['w1']],
];

test.each(FOUND)('%s', (path, value) => {
  expect(readPath(CONTEXT, path)).toEqual(value);
});

const ABSENT = [
  'Nowhere',
  `${HOST}.[9].id`,
  `${HOST}.[5:9]`,
  `${HOST}.nothing.below`,
  `${HOST}(val.id == 'contoso.net').id`,
  'MSGDefenderThreatIntel.Whois.[1]',
  'constructor',
  '__proto__.toString',
];

test.each(ABSENT)('%s returns nothing', (path) => {
  expect(readPath(CONTEXT, path)).toBeUndefined();
});

const REFUSED: readonly [string, string][] = [
  ['', 'it is empty'],
  ['A..B', '"..B"'],
  ['A.[-1]', '".[-1]"'],
  ['A.[1:]', '".[1:]"'],
  ['A.[*]', '".[*]"'],
  ['A(val.X > 3).Z', '"(val.X > 3).Z"'],
  ["A(val.X === 'y').Z", `"(val.X === 'y').Z"`],
  ["A(val.X == 'y' && val.Z == 'z')", `"(val.X == 'y' && val.Z == 'z')"`],
  ['A.B=val.toUpperCase()', '"=val.toUpperCase()"'],
  ['A B', '" B"'],
];

test.each(REFUSED)('%s is rejected by name', (path, part) => {
  expect(() => readPath(CONTEXT, path)).toThrow(
    expect.objectContaining({
      code: 'ARGUMENT_INVALID',
      message: expect.stringContaining(part.slice(1, -1).replaceAll('"', '\\"')),
    }),
  );
});
