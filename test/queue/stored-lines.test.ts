import { storedInput } from '../../src/queue/chunk-store';
import { storedRows } from '../../src/queue/enrich-chunk';

const FOUND = '{"input":"contoso.com","type":"host","value":"contoso.com","outcome":"found","known":{}}';

test('reads stored rows of each outcome', () => {
  const lines = [
    FOUND,
    '{"input":"a","type":"host","value":"a.example","outcome":"unknown"}',
    '{"input":"b","type":"host","value":"b.example","outcome":"failed","reason":"timed out"}',
    '{"input":"no host","outcome":"refused","reason":"not a host name"}',
  ];
  expect(storedRows(`${lines.join('\n')}\n`).map(({ outcome }) => outcome)).toEqual([
    'found',
    'unknown',
    'failed',
    'refused',
  ]);
});

test.each([
  ['cut', FOUND.slice(0, -1)],
  ['not a row', '[]'],
  ['without its observable', '{"input":"a","outcome":"found","known":{}}'],
  ['without a result', FOUND.replace('"known":{}', '"known":1')],
  ['of another outcome', FOUND.replace('found', 'other')],
  ['without a reason', '{"input":"a","outcome":"refused"}'],
])('rejects stored rows with a line %s', (_, line) => {
  expect(() => storedRows(`${FOUND}\n${line}\n`)).toThrow('The stored rows of this job cannot be read');
});

test('rejects a stored input with a line that is not a string', () => {
  expect(storedInput('"contoso.com"\n"192.0.2.1"\n')).toEqual(['contoso.com', '192.0.2.1']);
  expect(() => storedInput('"contoso.com"\n{"a":1}\n')).toThrow(
    'The stored input of this job cannot be read',
  );
});
