import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../src/base/json';
import { recordedPlugin } from './support/recorder';
import { wayTo } from './support/way';

/** Microsoft's own samples, where they lie beside the clone; a clone without them has nothing to compare with here. */
const SAMPLES = join(__dirname, '../../shared/graph/examples');

interface Sample {
  readonly operation: string;
  readonly path: string;
  readonly body: unknown;
}

function readSamples(): Sample[] {
  if (!existsSync(SAMPLES)) return [];
  return readdirSync(SAMPLES)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      const { operation, examples } = JSON.parse(readFileSync(join(SAMPLES, file), 'utf8'));
      return examples.map(({ request, response }: { request: { path: string }; response: unknown }) => ({
        operation,
        path: request.path,
        body: response,
      }));
    });
}

/** Every leaf of a sample, as context names it. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, `${path}[${index}]`));
  if (!isRecord(value)) return [[path, value]];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name === '@odata.type')
      return [
        [`${path}.odataType`, String(inner).replace(/^#?microsoft\.graph\.(?:security\.)?/, '')] as [
          string,
          unknown,
        ],
      ];
    return name.includes('@odata.') ? [] : leaves(inner, `${path}.${name}`);
  });
}

const samples = readSamples().map((sample) => ({ ...sample, way: wayTo(sample.path) }));

test('the samples are there whenever the folder is', () => {
  expect(samples.length === 0 || samples.length >= 40).toBe(!existsSync(SAMPLES) || samples.length >= 40);
});

test('a command reads each of them', () => {
  expect(samples.filter(({ way }) => way === undefined).map(({ path }) => path)).toEqual([]);
});

for (const { operation, path, body, way } of samples) {
  if (way === undefined) continue;
  test(`${operation} ${path}: every property of the sample arrives in context`, async () => {
    const { plugin, requested } = recordedPlugin(() => ({
      status: 200,
      headers: {},
      body: JSON.stringify(body),
    }));
    const { entries } = await plugin.execute(way.command, way.args);
    expect(requested).toHaveLength(1);
    const [context] = Object.values(entries[0]?.EntryContext ?? {});
    const value = isRecord(body) && 'value' in body && !('id' in body) ? body.value : body;
    const rows = [value].flat();
    const found = new Map(leaves([context].flat()));
    for (const [leaf, expected] of leaves(rows)) expect([leaf, found.get(leaf)]).toEqual([leaf, expected]);
  });
}
