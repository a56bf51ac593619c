import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { transformSync } from '@swc/core';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from '../support/case';
import { type Installed, installed } from '../support/in-path';

const EXAMPLES = join(__dirname, '../../examples');

let sandbox: Sandbox;
let mdti: Installed;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
  mdti = installed(sandbox);
});
afterAll(() => sandbox.close());

async function run(program: string, ...args: string[]): Promise<string> {
  return (await promisify(execFile)(program, args, { env: mdti.env })).stdout;
}

function sorted(text: string): string[] {
  return text.trimEnd().split('\n').sort();
}

const REGISTRARS = ['contoso.com Example Registrar, Inc.', 'example.org Bargain | Names `Ltd`'];

test('shell, jq and mdti run', async () => {
  expect(await run(join(EXAMPLES, 'run.sh'), mdti.paramsFile, 'contoso.com')).toBe('neutral\n');
});

test('Python and mdti serve', async () => {
  const hosts = ['contoso.com', 'example.org'];
  const printed = await run('python3', join(EXAMPLES, 'serve.py'), mdti.paramsFile, ...hosts);
  expect(sorted(printed)).toEqual(REGISTRARS);
});

test('TypeScript and mdti serve', async () => {
  const program = join(mdti.folder, 'serve.mjs');
  const source = readFileSync(join(EXAMPLES, 'serve.mts'), 'utf8');
  writeFileSync(
    program,
    transformSync(source, { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }).code,
  );
  const hosts = ['contoso.com', 'example.org'];
  const printed = await run(process.execPath, program, mdti.paramsFile, ...hosts);
  expect(sorted(printed)).toEqual(REGISTRARS);
});
