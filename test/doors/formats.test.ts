import { csv } from '../../src/doors/cli/csv';
import { formatOf, formatResult } from '../../src/doors/cli/formats';
import type { ExecutedLine } from '../../src/doors/war-room/execute-line';
import { resultEntry } from '../../src/xsoar/entry';
import { splitArguments } from '../../src/xsoar/system-arguments';

const SCREEN = { styled: false, width: Number.POSITIVE_INFINITY };
const ROWS = [
  { '@odata.type': '#microsoft.graph.security.hostname', id: 'contoso.com', registrar: { name: 'A, "B"' } },
  { id: 'example.org', tags: ['one', 'two'] },
];

function performed(typed: Record<string, string> = {}): ExecutedLine {
  return {
    entries: [resultEntry(ROWS, '### Hosts\n\n| Host |\n| --- |\n| contoso.com |\n\n2 hosts.', null)],
    errors: [],
    system: splitArguments(typed).system,
    context: { A: 1 },
  };
}

test('table', () => {
  expect(formatResult(performed(), 'table', SCREEN)).toBe(
    'Hosts\n\nHost\n───────────\ncontoso.com\n\n2 hosts.\n',
  );
});

test('raw-response shows what Graph sent', () => {
  expect(JSON.parse(formatResult(performed({ 'raw-response': 'true' }), 'table', SCREEN))).toEqual(ROWS);
});

test('json is the Contents', () => {
  expect(JSON.parse(formatResult(performed(), 'json', SCREEN))).toEqual(ROWS);
});

test('ndjson is an object a line', () => {
  const lines = formatResult(performed(), 'ndjson', SCREEN).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(ROWS);
});

test('csv has a column for each leaf', () => {
  expect(formatResult(performed(), 'csv', SCREEN)).toBe(
    'odataType,id,registrar.name,tags\r\nhostname,contoso.com,"A, ""B""",\r\n,example.org,,one; two\r\n',
  );
});

test('context is what a playbook finds', () => {
  expect(JSON.parse(formatResult(performed(), 'context', SCREEN))).toEqual({ A: 1 });
});

test('no row is no line', () => {
  expect(csv([])).toBe('');
});

test.each([
  ['=HYPERLINK("http://example.org")', `"'=HYPERLINK(""http://example.org"")"`],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['+1 425 555 0100', "'+1 425 555 0100"],
  ['-5', '-5'],
])('csv keeps %s from being a formula', (value, cell) => {
  expect(csv([{ value }])).toBe(`value\r\n${cell}\r\n`);
});

test('an unknown format is refused with those there are', () => {
  expect(() => formatOf('xml')).toThrow(expect.objectContaining({ hint: expect.stringContaining('ndjson') }));
});
