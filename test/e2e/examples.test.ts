import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { transformSync } from '@swc/core';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from '../support/case';

const EXAMPLES = join(__dirname, '../../examples');
const MDTI = join(__dirname, '../../dist/mdti.cjs');

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
  folder = mkdtempSync(join(tmpdir(), 'examples-'));
  writeFileSync(join(folder, 'ca.pem'), sandbox.ca);
  writeFileSync(join(folder, 'params.json'), JSON.stringify(sandbox.params));
  writeFileSync(join(folder, 'mdti'), `#!/bin/sh\nexec '${process.execPath}' '${MDTI}' "$@"\n`);
  chmodSync(join(folder, 'mdti'), 0o755);
});
afterAll(() => sandbox.close());

/** Runs an example as a user would: `mdti` in the path, parameters in a file. */
async function run(program: string, ...args: string[]): Promise<string> {
  const env = {
    PATH: `${folder}${delimiter}${process.env.PATH}`,
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
  };
  return (await promisify(execFile)(program, args, { env })).stdout;
}

function sorted(text: string): string[] {
  return text.trimEnd().split('\n').sort();
}

const REGISTRARS = ['contoso.com Example Registrar, Inc.', 'example.org Bargain | Names `Ltd`'];

test('shell, jq and mdti run', async () => {
  expect(await run(join(EXAMPLES, 'run.sh'), join(folder, 'params.json'), 'contoso.com')).toBe('neutral\n');
});

test('Python and mdti serve', async () => {
  const hosts = ['contoso.com', 'example.org'];
  const printed = await run('python3', join(EXAMPLES, 'serve.py'), join(folder, 'params.json'), ...hosts);
  expect(sorted(printed)).toEqual(REGISTRARS);
});

test('TypeScript and mdti serve', async () => {
  const program = join(folder, 'serve.mjs');
  const source = readFileSync(join(EXAMPLES, 'serve.mts'), 'utf8');
  writeFileSync(
    program,
    transformSync(source, { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }).code,
  );
  const hosts = ['contoso.com', 'example.org'];
  const printed = await run(process.execPath, program, join(folder, 'params.json'), ...hosts);
  expect(sorted(printed)).toEqual(REGISTRARS);
});
