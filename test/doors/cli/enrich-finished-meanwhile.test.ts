import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as outputFile from '../../../src/enrich/output-file';
import { type Sandbox, startSandbox } from '../../../src/sandbox';
import { WORLD } from '../../support/case';
import { enrichList } from '../../support/enrich-list';

jest.mock('../../../src/enrich/output-file', () => {
  const actual = jest.requireActual<typeof outputFile>('../../../src/enrich/output-file');
  return { ...actual, fileOutput: jest.fn(actual.fileOutput) };
});

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
});
afterAll(() => sandbox.close());

test.each([
  [
    'of the same list',
    'contoso.com',
    { ended: 0, stderr: expect.stringMatching(/^already complete: 1 row is in /) },
  ],
  ['of another list', 'example.org', { ended: { code: 'ARGUMENT_INVALID' } }],
])('a run that finds the rows %s, written while it waited for their run', async (_, input, expected) => {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-meanwhile-'));
  const [list, out] = [join(folder, 'list.txt'), join(folder, 'rows.ndjson')];
  writeFileSync(list, 'contoso.com\n');
  const { fileOutput } = jest.requireActual<typeof outputFile>('../../../src/enrich/output-file');
  jest.mocked(outputFile.fileOutput).mockImplementationOnce(async (...given) => {
    writeFileSync(out, `${JSON.stringify({ input, outcome: 'found' })}\n`);
    return fileOutput(...given);
  });
  expect(await enrichList(sandbox, list, { out })).toMatchObject(expected);
  expect(sandbox.requests).toEqual([]);
});
